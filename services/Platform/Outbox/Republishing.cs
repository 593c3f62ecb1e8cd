using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.Platform.Outbox;

/// <summary>Sends messages again. Receivers that had finished one drop it by its id.</summary>
public static class Republishing
{
    // So much of the outbox is looked at in one statement: at 1,000 messages a second 600,000 rows, about a second's work.
    // A day in one would take longer than a statement may (10 s).
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>Publishes again everything sent since then, to replay a day by hand; a lost broker is filled again by itself.</summary>
    /// <returns>The number of messages that will be published again.</returns>
    public static async Task<int> RepublishAsync(this Database database, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        foreach (var wireName in Kept)
            total += await database.RepublishAsync(wireName, since, now, cancellation);
        return total;
    }

    /// <summary>The kinds of message that an outbox can hold: progress is told without one.</summary>
    internal static IEnumerable<string> Kept { get; } = [.. MessageTypes.WireNames.Where(name => name != MessageTypes.WireNameOf(typeof(MessagesHandled)))];

    /// <summary>The same for one kind of message.</summary>
    internal static async Task<int> RepublishAsync(this Database database, string wireName, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        var from = since < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : since;
        while (await database.OldestSentAsync(from, now, cancellation) is { } oldest)
        {
            from = oldest + Look;
            total += await database.RepublishAsync(wireName, oldest, from, now, cancellation);
        }
        return total;
    }

    private static async Task<DateTimeOffset?> OldestSentAsync(this Database database, DateTimeOffset from, DateTimeOffset now, CancellationToken cancellation)
    {
        var oldest = await database.QueryAsync("select sent_at from outbox where sent_at >= @from and sent_at <= @now order by sent_at limit 1",
            row => row.GetTime(0), cancellation, ("from", from), ("now", now));
        return oldest.Count > 0 ? oldest[0] : null;
    }

    private static async Task<int> RepublishAsync(this Database database, string wireName, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        // A little at a time, for it can be millions of rows, and from now on in the line: what happens meanwhile does
        // not wait behind them. What the relay sends again meanwhile is later than now.
        while (true)
        {
            var rows = await database.InTransactionAsync(transaction => transaction.ExecuteAsync(
                """
                update outbox set sent_at = null, due_at = @now where id in (
                    select id from outbox where sent_at >= @from and sent_at < @to and sent_at <= @now and wire_name = @wire_name order by sent_at limit 5000)
                """, cancellation, ("now", now), ("from", from), ("to", to), ("wire_name", wireName)), cancellation);
            if (rows == 0)
                return total;
            total += rows;
        }
    }
}
