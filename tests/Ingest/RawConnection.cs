using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recado.Tests.Ingest;

/// <summary>A connection on which a test writes byte for byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public NetworkStream Stream => client.GetStream();

    /// <summary>False when the other side has closed.</summary>
    public async Task<bool> TryWriteAsync(string text)
    {
        try
        {
            await Stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The status of the next answer; 0 when the other side closed without one.</summary>
    public async Task<int> StatusAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await Stream.ReadAsync(one, patience.Token) == 1 && one[0] != '\n')
                line.Append((char)one[0]);
        }
        catch (IOException)
        {
            return 0; // closed hard
        }
        return line.Length > 12 ? int.Parse(line.ToString(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>True once nothing comes any more.</summary>
    public async Task<bool> EndsAsync()
    {
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await Stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => client.Dispose();
}
