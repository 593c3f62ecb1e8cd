using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Erasing;

namespace Recado.Ingest.Erasing;

/// <summary>
/// A person is forgotten: of the webhooks that told of them the bodies go. That a webhook came, when and from whom stays, and
/// so does its idempotency key, a hash: a sender that repeats it is answered as before, and nothing starts again.
/// </summary>
public sealed class EraseWebhooks : IHandle<PersonErased>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<PersonErased>> messages, Transaction transaction, CancellationToken cancellation)
    {
        // Stores in one order everywhere, so that two replicas never wait for each other crosswise.
        foreach (var received in messages.OrderBy(received => received.Message.StoreId, StringComparer.Ordinal).ThenBy(received => received.Message.ErasureId))
        {
            var erased = received.Message;
            transaction.ActFor(erased.StoreId);
            Empty(erased.StoreId, erased.WebhookIds, transaction);
            // What its sender told otherwise under the same identity is in quarantine: the Normalizer has to hear of it too.
            var others = await transaction.QueryAsync("select webhook_id from webhooks where store_id = @store and conflicts_with = any(@ids) order by webhook_id",
                row => row.GetGuid(0), cancellation, ("store", erased.StoreId), ("ids", erased.WebhookIds.ToArray()));
            if (others.Count > 0)
                transaction.Publish(new PersonErased
                {
                    ErasureId = DeterministicId.Of("erasure-conflicts", erased.ErasureId.ToString()),
                    StoreId = erased.StoreId,
                    WebhookIds = others,
                    EventIds = [],
                    MessageIds = [],
                    ErasedAt = erased.ErasedAt,
                }, received.Trace);
        }
        await ErasedMessages.RemoveAsync(messages.SelectMany(received => received.Message.WebhookIds), transaction, cancellation);
    }

    /// <summary>Empties webhooks of a store; their copies have to be deleted too.</summary>
    internal static void Empty(string store, IReadOnlyCollection<Guid> webhooks, Transaction transaction) =>
        transaction.Write("update webhooks set body = @empty where store_id = @store and webhook_id = any(@ids)",
            ("empty", Array.Empty<byte>()), ("store", store), ("ids", webhooks.ToArray()));
}
