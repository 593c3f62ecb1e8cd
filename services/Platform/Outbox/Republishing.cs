using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.Platform.Outbox;

/// <summary>Sends messages again. Receivers that had finished one drop it by its id.</summary>
public static class Republishing
{
    /// <summary>Publishes again everything sent since then, to replay a day by hand; a lost broker is filled again by itself.</summary>
    /// <returns>The number of messages that will be published again.</returns>
    public static async Task<int> RepublishAsync(this Database database, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        foreach (var wireName in MessageTypes.WireNames)
            total += await database.RepublishAsync(wireName, since, now, cancellation);
        return total;
    }

    /// <summary>The same for one kind of message.</summary>
    internal static async Task<int> RepublishAsync(this Database database, string wireName, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        // A little at a time, for a day can be millions of rows, and from now on in the line: what happens meanwhile does
        // not wait behind them. What the relay sends again meanwhile is later than now.
        while (true)
        {
            var rows = await database.InTransactionAsync(transaction => transaction.ExecuteAsync(
                """
                update outbox set sent_at = null, due_at = @now where id in (
                    select id from outbox where sent_at <= @now and sent_at >= @since and wire_name = @wire_name order by sent_at limit 5000)
                """, cancellation, ("now", now), ("since", since < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : since), ("wire_name", wireName)), cancellation);
            if (rows == 0)
                return total;
            total += rows;
        }
    }
}
