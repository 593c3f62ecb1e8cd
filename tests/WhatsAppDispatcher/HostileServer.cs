using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>A gateway that answers as it likes: bare bytes on a socket of the loopback address.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<Stream, CancellationToken, Task> answer;
    private readonly X509Certificate2? certificate;
    private readonly Task serving;
    private int connections;
    private int requests;
    private int disposed;

    /// <param name="answer">Writes an answer; the connection is closed after it.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    public HostileServer(Func<Stream, CancellationToken, Task> answer, X509Certificate2? certificate = null, string address = "127.0.0.1", int port = 0)
    {
        (this.answer, this.certificate) = (answer, certificate);
        listener = new(IPAddress.Parse(address), port);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    /// <summary>How many requests came whole, headers and body.</summary>
    public int Requests => requests;

    /// <summary>One answer, as text.</summary>
    public static Func<Stream, CancellationToken, Task> Saying(string text) =>
        (stream, cancellation) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await stopping.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                open.Add(TalkAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(open);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
            try
            {
                Stream stream = client.GetStream();
                if (certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stopping.Token);
                    stream = secure;
                }
                await ReadRequestAsync(stream);
                Interlocked.Increment(ref requests);
                await answer(stream, stopping.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client hung up, as it should.
            }
    }

    private async Task ReadRequestAsync(Stream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) || !received.ToString().EndsWith('}'))
        {
            var count = await stream.ReadAsync(buffer, stopping.Token);
            if (count == 0)
                throw new IOException("no whole request");
            received.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }
}
