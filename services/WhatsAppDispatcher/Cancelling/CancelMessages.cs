using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.WhatsAppDispatcher.Cancelling;

/// <summary>A message is called back: if it has not been armed it is suppressed, whether it is here yet or not.</summary>
public sealed class CancelMessages(TimeProvider time) : IHandle<MessageCancelled>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<MessageCancelled>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        transaction.Write(
            "insert into cancellations (store_id, message_id, reason, cancelled_at) values (@store, @id, @reason, @at) on conflict do nothing",
            new Columns<MessageCancelled>([.. messages.Select(received => received.Message).Where(message => message.StoreId.Length > 0)]) // the empty store stands for every one
            {
                { "store", message => message.StoreId }, { "id", message => message.MessageId }, { "reason", message => message.Reason }, { "at", message => message.CancelledAt },
            });
        var suppressed = await transaction.QueryAsync(
            """
            update messages set status = 'suppressed', reason = @reason, lease_until = null, updated_at = @now
            where message_id = any(@ids) and status in ('waiting', 'claimed') and exists (
                select 1 from cancellations c where c.message_id = messages.message_id and c.store_id in (messages.store_id, ''))
            returning message_id, store_id, journey_id, event_id
            """,
            row => StatusNews.Of(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3), MessageStatuses.Suppressed, now, Reasons.Cancelled),
            cancellation, ("reason", Reasons.Cancelled), ("now", now), ("ids", messages.Select(received => received.Message.MessageId).ToArray()));
        foreach (var news in suppressed)
            transaction.Publish(news, messages.First(received => received.Message.MessageId == news.MessageId).Trace);
        DispatcherMetrics.CountSends(suppressed.Select(news => (news.Status, news.Reason)), transaction);
    }
}
