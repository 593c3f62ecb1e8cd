using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Erasing;
using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.WhatsAppDispatcher.Erasing;

/// <summary>
/// A person is forgotten: what waits is not sent, and no message says any more to whom it went or what it said. That it was
/// sent, when, how far it came and the gateway's id of it stay, as proof.
/// </summary>
public sealed class EraseMessages(DispatcherDatabase database, TimeProvider time) : IHandle<PersonErased>
{
    private static readonly string Nothing = JsonSerializer.Serialize(new MessageContent { Kind = MessageKinds.Text, Text = "" });

    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<PersonErased>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // Stores in one order everywhere, so that two replicas never wait for each other crosswise.
        foreach (var received in messages.OrderBy(received => received.Message.StoreId, StringComparer.Ordinal).ThenBy(received => received.Message.ErasureId))
        {
            transaction.ActFor(received.Message.StoreId);
            CallBack(received.Message, now, transaction);
            var suppressed = await SuppressAsync(received.Message, now, transaction, cancellation);
            foreach (var news in suppressed)
                transaction.Publish(news, received.Trace);
            DispatcherMetrics.CountSends(suppressed.Select(news => (news.Status, news.Reason)), transaction);
            Forget(received.Message, transaction);
        }
        await ErasedMessages.RemoveAsync(messages.SelectMany(received => received.Message.MessageIds), transaction, cancellation);
    }

    /// <summary>What is still on its way here does not come in; what is under way and comes back unsent is not sent again.</summary>
    private void CallBack(PersonErased erased, DateTimeOffset now, Transaction transaction)
    {
        ErasedMessages.Refuse<MessageRendered>(database, erased.MessageIds, now, transaction);
        transaction.Write(
            "insert into cancellations (store_id, message_id, reason, cancelled_at) values (@store, @id, @reason, @now) on conflict do nothing",
            new Columns<Guid>([.. erased.MessageIds.Distinct().Order()])
            {
                { "store", erased.StoreId }, { "id", id => id }, { "reason", Reasons.Erased }, { "now", now },
            });
    }

    private static Task<List<MessageStatusChanged>> SuppressAsync(PersonErased erased, DateTimeOffset now, Transaction transaction, CancellationToken cancellation) => transaction.QueryAsync(
        """
        update messages set status = 'suppressed', reason = @reason, lease_until = null, updated_at = @now
        where store_id = @store and message_id = any(@ids) and status in ('waiting', 'claimed')
        returning message_id, store_id, journey_id, event_id
        """,
        row => StatusNews.Of(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3), MessageStatuses.Suppressed, now, Reasons.Erased),
        cancellation, ("reason", Reasons.Erased), ("now", now), ("store", erased.StoreId), ("ids", erased.MessageIds.ToArray()));

    /// <summary>A fingerprint is a hash of the phone and the text: who has both could find the message by it.</summary>
    private static void Forget(PersonErased erased, Transaction transaction)
    {
        (string, object?)[] these = [("store", erased.StoreId), ("ids", erased.MessageIds.ToArray()), ("nothing", Nothing)];
        transaction.Write(
            """
            delete from echoes where store_id = @store and fingerprint in (
                select fingerprint from messages where store_id = @store and message_id = any(@ids) and fingerprint is not null)
            """, these[..2]);
        transaction.Write("update messages set recipient = '', content = @nothing, fingerprint = null where store_id = @store and message_id = any(@ids)", these);
    }
}
