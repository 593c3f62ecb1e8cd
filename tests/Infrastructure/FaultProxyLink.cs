using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Infrastructure;

/// <summary>One client's connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class FaultProxyLink(FaultProxy proxy, Socket client) : IDisposable
{
    private readonly Socket server = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long fromClient;

    /// <summary>Carries bytes until one side ends or the proxy resets it.</summary>
    public async Task RunAsync(int target)
    {
        try
        {
            client.NoDelay = server.NoDelay = true;
            if (!proxy.Trouble.Swallows)
                await server.ConnectAsync(IPAddress.Loopback, target);
            await await Task.WhenAny(PumpAsync(client, server, isClient: true), PumpAsync(server, client, isClient: false), ended.Task);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // one side is gone
        }
        if (proxy.Trouble.Swallows)
            await ended.Task; // nobody learns that the other side is gone
        Dispose();
        proxy.Forget(this);
    }

    /// <summary>RST to both sides.</summary>
    public void Dispose()
    {
        ended.TrySetResult();
        foreach (var socket in (Socket[])[client, server])
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // it is closed already
            }
            socket.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isClient)
    {
        if (!from.Connected)
            await ended.Task; // made while everything is swallowed
        var buffer = new byte[64 << 10];
        var seen = new PatternSearch();
        int read;
        while ((read = await from.ReceiveAsync(buffer)) > 0)
        {
            var trouble = proxy.Trouble;
            if (trouble.Swallows)
            {
                proxy.NoteSwallowed(read);
                continue;
            }
            await SlowDownAsync(trouble, read);
            if (!isClient && trouble.CutAnswer is { } pattern && seen.Finds(pattern, buffer.AsSpan(0, read)) && proxy.TakeCut())
                return;
            await to.SendAsync(buffer.AsMemory(0, read));
            if (isClient && (fromClient += read) >= trouble.CutAfterBytes)
                return;
        }
    }

    private static async Task SlowDownAsync(Trouble trouble, int bytes)
    {
        if (trouble.Latency > TimeSpan.Zero)
            await Task.Delay(trouble.Latency);
        if (trouble.BytesPerSecond is { } speed)
            await Task.Delay(TimeSpan.FromSeconds((double)bytes / speed));
    }
}

/// <summary>Finds bytes in a stream, also where they are spread over two pieces.</summary>
internal sealed class PatternSearch
{
    private byte[] tail = [];

    public bool Finds(byte[] pattern, ReadOnlySpan<byte> piece)
    {
        byte[] text = [.. tail, .. piece];
        tail = text[Math.Max(0, text.Length - pattern.Length + 1)..];
        return text.AsSpan().IndexOf(pattern) >= 0;
    }
}
