using System.Collections.Concurrent;

namespace Recado.Tests.Torture.Faults;

/// <summary>A time in which something was broken, or was still recovering from it.</summary>
public sealed record Outage(string Fault, DateTimeOffset From, DateTimeOffset To);

/// <summary>What the run has done to the product, for the checks and the report.</summary>
public sealed class Strikes
{
    /// <summary>After a fault is over, work that piled up may be late for so long; after many of them, until the run sees that it is worked off.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentBag<Outage> outages = [];
    private readonly ConcurrentDictionary<string, int> visited = new();
    private int kills;
    private int dispatcherKills;
    private int gatewayDoubts;
    private int hostile;

    public IReadOnlyCollection<Outage> Outages => [.. outages];

    /// <summary>Crash points at which a process has died, with how often.</summary>
    public IReadOnlyDictionary<string, int> Visited => visited;

    /// <summary>kill -9 of a service's process, by itself at a crash point or by the run.</summary>
    public int Kills => Volatile.Read(ref kills);

    /// <summary>The most sends whose outcome may have become unknown.</summary>
    public int DoubtsAllowed => (Volatile.Read(ref dispatcherKills) * World.Hands) + Volatile.Read(ref gatewayDoubts);

    /// <summary>Different messages put on queues that no service could have sent; told again they are the same.</summary>
    public int Hostile => Volatile.Read(ref hostile);

    public void Killed(string service)
    {
        Interlocked.Increment(ref kills);
        if (service == "WhatsAppDispatcher")
            Interlocked.Increment(ref dispatcherKills);
    }

    /// <summary>A dispatcher lost its lease without dying: its sends may be in doubt.</summary>
    public void Frozen() => Interlocked.Increment(ref dispatcherKills);

    public void Visit(CrashPoint point)
    {
        visited.AddOrUpdate($"{point.Service} {point.Name}", 1, (_, before) => before + 1);
        Killed(point.Service);
    }

    /// <summary>The gateway was told to leave so many sends in doubt.</summary>
    public void Doubts(int sends) => Interlocked.Add(ref gatewayDoubts, sends);

    public void Sent(int hostileMessages) => Volatile.Write(ref hostile, hostileMessages);

    /// <summary>Does something that breaks and repairs, and notes the time it took.</summary>
    public async Task<TimeSpan> DuringAsync(string fault, Func<Task> breakAndRepair)
    {
        var from = DateTimeOffset.UtcNow;
        try
        {
            await breakAndRepair();
        }
        finally
        {
            outages.Add(new(fault, from, DateTimeOffset.UtcNow + Recovery));
        }
        return DateTimeOffset.UtcNow - from;
    }
}
