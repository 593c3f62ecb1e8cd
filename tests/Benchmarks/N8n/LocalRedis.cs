using System.Net.Sockets;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>A private Redis on a free port of the loopback address that keeps everything in memory: the fastest there is, and nothing of it outlives a crash.</summary>
internal sealed class LocalRedis : IAsyncDisposable
{
    private ChildProcess? server;

    public int Port { get; } = Ports.Free();

    public int? ProcessId => server?.Id;

    public async Task StartAsync()
    {
        var program = Programs.Find("redis-server")
            ?? throw new InvalidOperationException($"redis-server was not found: install it, or run {Path.Combine(N8nInstallation.Folder, "run")}, which does what is needed.");
        string[] command = [program, "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", RunFolder.New("redis")];
        server = await LocalServer.StartAsync("Redis", () => ChildProcess.Start(command), AnswersAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
