using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Benchmarks.Traffic;

/// <summary>One kept-alive connection that writes prepared requests and reads no more of an answer than its status and its end: cheap, for it shares the machine with what it measures.</summary>
public sealed class HttpLine(int port) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[16 << 10];

    public async Task ConnectAsync() => await socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>Sends a request and returns the status of its answer.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += await socket.SendAsync(request[sent..]);
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0)
                throw new IOException("The connection was closed in the middle of an answer.");
            length += read;
            if (IsWhole(answer.AsSpan(0, length)))
                return Utf8Parser.TryParse(answer.AsSpan(9, 3), out int status, out _) ? status : throw new IOException("The answer has no status.");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = text[..(end + 2)];
        var body = text[(end + 4)..];
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8); // chunked
        return Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _) && body.Length >= length;
    }

    public void Dispose() => socket.Dispose();
}
