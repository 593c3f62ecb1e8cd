using System.Collections.Concurrent;

namespace Recado.Tests.Torture.Traffic;

/// <summary>What the senders know about one fact.</summary>
public sealed class LedgerEntry(Fact fact, DateTimeOffset firstToldAt)
{
    private readonly ConcurrentDictionary<Guid, byte> ids = new();

    public Fact Fact => fact;

    public DateTimeOffset FirstToldAt => firstToldAt;

    /// <summary>The ids it was accepted under: one, however often it was told. None while it is not accepted.</summary>
    public IReadOnlyCollection<Guid> Ids => [.. ids.Keys];

    public void Accepted(Guid id) => ids.TryAdd(id, 0);
}

/// <summary>The senders' own book: what was told, and what was answered with a 2xx. Written after the answer.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, LedgerEntry> entries = new();
    private readonly ConcurrentBag<Shopper> shoppers = [];
    private int answers;

    public IReadOnlyCollection<LedgerEntry> Entries => [.. entries.Values];

    public IReadOnlyCollection<Shopper> Shoppers => [.. shoppers];

    /// <summary>2xx answers, repeats included.</summary>
    public int Answers => Volatile.Read(ref answers);

    /// <summary>Answers that are neither 2xx nor 503 or 429, with the fact they were about.</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    public void Comes(Shopper shopper) => shoppers.Add(shopper);

    /// <summary>It is about to be told, for the first time or again.</summary>
    public LedgerEntry Tells(Fact fact, DateTimeOffset now) => entries.GetOrAdd(fact.Name, _ => new(fact, now));

    public void Accepted(LedgerEntry entry, Guid id)
    {
        entry.Accepted(id);
        Interlocked.Increment(ref answers);
    }
}
