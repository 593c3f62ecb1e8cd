using MassTransit;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Outbox;

namespace Recado.Platform.Refill;

/// <summary>What others have handled of a schema's messages, and what has to be published again when the broker has lost them.</summary>
public static class Progress
{
    /// <summary>
    /// How much earlier than the latest handled message an unfinished one may have been published: a replica may hold a
    /// batch in its hands while the others go on, and clocks differ. RabbitMQ takes it away after 30 min at the latest.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>A service tells how far one of its queues is. No inbox: only the latest counts, in whatever order they come.</summary>
    public static Task RememberAsync(this Database database, MessagesHandled news, CancellationToken cancellation) =>
        database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            """
            insert into handled (queue, wire_name, through) values (@queue, @wire_name, @through)
            on conflict (queue) do update set through = greatest(handled.through, excluded.through)
            """, cancellation, ("queue", news.Queue), ("wire_name", news.WireName), ("through", news.Through)), cancellation);

    /// <summary>
    /// Publishes again what was sent and may be unfinished: of each kind of message what is later than the slowest of its
    /// queues, and of a kind that nobody has told about everything that is still kept. Receivers drop what they had finished.
    /// </summary>
    /// <returns>The number of messages that will be published again.</returns>
    public static async Task<int> RefillAsync(this Database database, DateTimeOffset now, CancellationToken cancellation)
    {
        var told = await database.QueryAsync("select wire_name, min(through) from handled group by wire_name",
            row => (WireName: row.GetString(0), Through: row.GetTime(1)), cancellation);
        var through = told.ToDictionary(row => row.WireName, row => row.Through);
        var total = 0;
        foreach (var wireName in Republishing.Kept)
            total += await database.RepublishAsync(wireName, through.TryGetValue(wireName, out var known) ? known - Margin : DateTimeOffset.UnixEpoch, now, cancellation);
        return total;
    }
}
