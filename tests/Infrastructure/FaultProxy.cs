using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Infrastructure;

/// <summary>What a <see cref="FaultProxy"/> does to what passes through it, from now on.</summary>
public sealed record Trouble
{
    public static readonly Trouble None = new();

    /// <summary>Nobody listens, and what was open is reset.</summary>
    public static readonly Trouble Down = new() { IsDown = true };

    /// <summary>Connections stay open, new ones are taken, and every byte vanishes, both ways: a cable pulled somewhere behind.</summary>
    public static readonly Trouble HalfOpen = new() { Swallows = true };

    /// <summary>Each piece waits for so long, each way.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Of each connection, each way; null for as fast as it goes.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>The connection is reset when the client has sent so many bytes on it; those are passed on.</summary>
    public long? CutAfterBytes { get; init; }

    /// <summary>
    /// An answer with these bytes is dropped, and the connection is reset: the server has done it, and the client does not
    /// know.
    /// </summary>
    public byte[]? CutAnswer { get; init; }

    /// <summary>How many connections <see cref="CutAnswer"/> strikes.</summary>
    public int CutTimes { get; init; } = int.MaxValue;

    internal bool IsDown { get; init; }
    internal bool Swallows { get; init; }
}

/// <summary>Stands between a client and a TCP server on the loopback address and makes trouble.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<FaultProxyLink, byte> links = new();
    private readonly Lock gate = new();
    private readonly int target;
    private volatile Trouble trouble = Trouble.None;
    private TcpListener? listener;
    private int cuts;
    private long swallowed;

    /// <param name="target">The server's port.</param>
    public FaultProxy(int target)
    {
        this.target = target;
        Listen();
    }

    /// <summary>Where clients connect; always the same.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>How often <see cref="Trouble.CutAnswer"/> has struck since it was set.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>Bytes that half-open connections have taken and kept.</summary>
    public long Swallowed => Interlocked.Read(ref swallowed);

    /// <summary>The trouble in force. What lost bytes in the one before is reset.</summary>
    public Trouble Trouble
    {
        get => trouble;
        set
        {
            lock (gate)
            {
                var reset = value.IsDown || trouble.Swallows;
                Volatile.Write(ref cuts, 0);
                trouble = value;
                if (value.IsDown)
                    Close();
                else if (listener is null)
                    Listen();
                if (reset)
                    Cut();
            }
        }
    }

    /// <summary>Resets every open connection, once.</summary>
    public void Cut()
    {
        foreach (var link in links.Keys)
            link.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Trouble = Trouble.Down;
        return ValueTask.CompletedTask;
    }

    internal bool TakeCut() => trouble is { CutAnswer: not null } current && Interlocked.Increment(ref cuts) <= current.CutTimes;

    internal void NoteSwallowed(int bytes) => Interlocked.Add(ref swallowed, bytes);

    internal void Forget(FaultProxyLink link) => links.TryRemove(link, out _);

    private void Listen()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    private void Close()
    {
        listener?.Stop();
        listener = null;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var link = new FaultProxyLink(this, await from.AcceptSocketAsync());
                links[link] = 0;
                _ = link.RunAsync(target);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // the proxy is down
        }
    }
}
