using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Corpus;

/// <summary>Sends bytes over a connection of their own and reads the answer.</summary>
internal static class RawSender
{
    // Kestrel waits 5 s for headers that do not end, and for the rest of a body that it refused.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public static async Task<RawAnswer> SendAsync(int port, RawRequest request)
    {
        using var client = new TcpClient { NoDelay = true };
        using var deadline = new CancellationTokenSource(Patience);
        await client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
        var stream = client.GetStream();
        var writing = WriteAsync(client, stream, request, deadline.Token);
        try
        {
            return await ReadAsync(stream, hasBody: request.Method != "HEAD", deadline.Token);
        }
        finally
        {
            client.Close();
            await writing;
        }
    }

    private static async Task WriteAsync(TcpClient client, NetworkStream stream, RawRequest request, CancellationToken deadline)
    {
        try
        {
            await stream.WriteAsync(request.ToBytes(), deadline);
            if (request.EndsEarly)
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or SocketException)
        {
            // The server refuses before it has read everything: its answer is what counts.
        }
    }

    private static async Task<RawAnswer> ReadAsync(NetworkStream stream, bool hasBody, CancellationToken deadline)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            while (length < buffer.Length)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(length), deadline);
                length += count;
                if (RawAnswer.Read(buffer.AsSpan(0, length), ended: count == 0, hasBody) is { } answer)
                    return answer;
            }
        }
        catch (IOException)
        {
            // closed hard
        }
        return RawAnswer.Read(buffer.AsSpan(0, length), ended: true, hasBody) ?? RawAnswer.None;
    }
}
