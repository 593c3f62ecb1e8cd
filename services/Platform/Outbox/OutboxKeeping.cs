using Recado.Platform.Data;

namespace Recado.Platform.Outbox;

/// <summary>What happens to outbox rows after they are sent.</summary>
public static class OutboxKeeping
{
    /// <summary>
    /// Publishes again everything sent since then, to replay a day by hand; a lost broker is filled again by itself. Receivers
    /// that had finished a message drop it by its id.
    /// </summary>
    /// <returns>The number of messages that will be published again.</returns>
    public static async Task<int> RepublishAsync(this Database database, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var total = 0;
        // A little at a time: a day can be millions of rows. What the relay sends again meanwhile is later than now.
        while (true)
        {
            var rows = await database.InTransactionAsync(transaction => transaction.ExecuteAsync(
                """
                update outbox set sent_at = null where id in (
                    select id from outbox where sent_at <= @now and created_at >= @since order by sent_at limit 5000)
                """, cancellation, ("now", now), ("since", since == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : since)), cancellation);
            total += rows;
            if (rows > 0 && database.OutboxFilled.CurrentCount == 0)
                database.OutboxFilled.Release();
            if (rows == 0)
                return total;
        }
    }

    /// <summary>Deletes what is past its retention, a little at a time so that no lock lasts.</summary>
    /// <returns>The number of rows deleted; call again until it is 0.</returns>
    internal static Task<int> PruneAsync(this Database database, DateTimeOffset outboxBefore, DateTimeOffset inboxBefore, DateTimeOffset deadLettersBefore, CancellationToken cancellation) =>
        database.InTransactionAsync(async transaction =>
            await transaction.ExecuteAsync(
                "delete from outbox where id in (select id from outbox where sent_at < @before order by sent_at limit 5000)",
                cancellation, ("before", outboxBefore))
            + await transaction.ExecuteAsync(
                "delete from inbox where (queue, message_id) in (select queue, message_id from inbox where handled_at < @before order by handled_at limit 5000)",
                cancellation, ("before", inboxBefore))
            + await transaction.ExecuteAsync(
                "delete from dead_letters where dead_letter_id in (select dead_letter_id from dead_letters where died_at < @before order by died_at limit 5000)",
                cancellation, ("before", deadLettersBefore)), cancellation);
}
