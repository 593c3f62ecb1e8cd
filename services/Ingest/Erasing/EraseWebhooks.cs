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
            await EmptyAsync(erased.StoreId, erased.WebhookIds, transaction, cancellation);
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
    }

    /// <summary>Empties webhooks of a store, and deletes their copies.</summary>
    internal static Task EmptyAsync(string store, IReadOnlyCollection<Guid> webhooks, Transaction transaction, CancellationToken cancellation)
    {
        transaction.Write("update webhooks set body = @empty where store_id = @store and webhook_id = any(@ids)",
            ("empty", Array.Empty<byte>()), ("store", store), ("ids", webhooks.ToArray()));
        return ErasedMessages.RemoveAsync(webhooks, transaction, cancellation);
    }
}
