using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Erasing;

namespace Recado.Normalizer.Erasing;

/// <summary>A person is forgotten: quarantined webhooks that told of them go, and so do the copies of what was understood. Counts stay.</summary>
public sealed class EraseQuarantined(NormalizerDatabase database, TimeProvider time) : IHandle<PersonErased>
{
    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<Received<PersonErased>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var erased = messages.Select(received => received.Message).ToList();
        ErasedMessages.Refuse<WebhookReceived>(database, erased.SelectMany(each => each.WebhookIds), time.GetUtcNow(), transaction);
        foreach (var each in erased)
            transaction.Write("delete from quarantine where store_id = @store and webhook_id = any(@ids)", ("store", each.StoreId), ("ids", each.WebhookIds.ToArray()));
        return ErasedMessages.RemoveAsync(erased.SelectMany(each => each.WebhookIds.Concat(each.EventIds)), transaction, cancellation);
    }
}
