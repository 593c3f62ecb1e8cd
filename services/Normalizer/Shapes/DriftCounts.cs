using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.Normalizer.Shapes;

/// <summary>A row of the report.</summary>
internal readonly record struct DriftKey(string StoreId, string Source, string Kind, string Path, string Value)
{
    /// <summary>Where everything is counted that has no row of its own.</summary>
    public DriftKey Other => this with { Kind = DriftKinds.Other, Path = "", Value = "" };
}

/// <summary>How often something new was seen.</summary>
internal sealed record DriftCount(DriftKey Key, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string Example)
{
    public DriftCount With(DriftCount other) => this with
    {
        Count = Count + other.Count,
        FirstSeen = other.FirstSeen < FirstSeen ? other.FirstSeen : FirstSeen,
        LastSeen = other.LastSeen > LastSeen ? other.LastSeen : LastSeen,
    };
}

/// <summary>Counts what is new, per store and source.</summary>
internal static class DriftCounts
{
    /// <summary>Rows that a store may have for one source, plus the one that counts all else. Replicas that fill the last of them at once may each add a batch's worth.</summary>
    public const int MostPerSource = 200;

    /// <summary>Adds the findings of a batch, in one transaction with everything else of it.</summary>
    public static async Task AddAsync(IReadOnlyList<(WebhookReceived Webhook, IReadOnlyList<DriftFinding> Drift)> batch, Transaction transaction, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        var counts = Sum(batch.SelectMany(each => each.Drift.Select(finding => CountOf(each.Webhook, finding))));
        var known = await transaction.QueryAsync(
            "select store_id, source, kind, path, value from drift where store_id = any(@stores) and source = any(@sources)",
            row => new DriftKey(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)), cancellation,
            ("stores", counts.Select(count => count.Key.StoreId).Distinct().ToArray()), ("sources", counts.Select(count => count.Key.Source).Distinct().ToArray()));
        Save(Fit(counts, [.. known]), transaction);
    }

    /// <summary>What has no row yet and finds no room becomes <see cref="DriftKinds.Other"/>.</summary>
    internal static List<DriftCount> Fit(IReadOnlyCollection<DriftCount> counts, HashSet<DriftKey> known)
    {
        var rows = known.Where(key => key.Kind != DriftKinds.Other).CountBy(key => (key.StoreId, key.Source)).ToDictionary();
        return Sum(counts.Select(count => known.Contains(count.Key) || count.Key == count.Key.Other || HasRoom(count.Key) ? count : count with { Key = count.Key.Other, Example = "" }));

        bool HasRoom(DriftKey key)
        {
            var used = rows.GetValueOrDefault((key.StoreId, key.Source));
            rows[(key.StoreId, key.Source)] = used + 1;
            return used < MostPerSource;
        }
    }

    private static DriftCount CountOf(WebhookReceived webhook, DriftFinding finding) =>
        new(new(webhook.StoreId, webhook.Source, finding.Kind, finding.Path, finding.Value), 1, webhook.ReceivedAt, webhook.ReceivedAt, finding.Example);

    // In the order of their keys, so that two replicas never wait for each other.
    private static List<DriftCount> Sum(IEnumerable<DriftCount> counts) =>
    [
        .. counts.GroupBy(count => count.Key).Select(group => group.Aggregate((sum, count) => sum.With(count)))
            .OrderBy(count => count.Key.StoreId, StringComparer.Ordinal).ThenBy(count => count.Key.Source, StringComparer.Ordinal)
            .ThenBy(count => count.Key.Kind, StringComparer.Ordinal).ThenBy(count => count.Key.Path, StringComparer.Ordinal).ThenBy(count => count.Key.Value, StringComparer.Ordinal),
    ];

    private static void Save(List<DriftCount> counts, Transaction transaction) =>
        transaction.WriteEach(
            """
            insert into drift (store_id, source, kind, path, value, count, first_seen, last_seen, example)
            values (@store, @source, @kind, @path, @value, @count, @first, @last, @example)
            on conflict (store_id, source, kind, path, value) do update set
                count = drift.count + excluded.count,
                first_seen = case when excluded.first_seen < drift.first_seen then excluded.first_seen else drift.first_seen end,
                last_seen = greatest(drift.last_seen, excluded.last_seen)
            """,
            counts,
            count =>
            [
                ("store", count.Key.StoreId), ("source", count.Key.Source), ("kind", count.Key.Kind), ("path", count.Key.Path), ("value", count.Key.Value),
                ("count", count.Count), ("first", count.FirstSeen), ("last", count.LastSeen), ("example", count.Example),
            ]);
}
