using System.Diagnostics;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Echoes;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>A message is ready: it waits for its turn at the store's gateway, unless it was called back before it came.</summary>
public sealed class QueueMessages(GatewayBook gateways, Dispatcher dispatcher, TimeProvider time) : IHandle<MessageRendered>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<MessageRendered>> messages, Transaction transaction, CancellationToken cancellation)
    {
        // A replica may have taken in a new bundle that this process has not read yet.
        if (messages.Any(received => gateways.Of(received.Message.StoreId) is null))
            await gateways.RefreshAsync(cancellation);
        var now = time.GetUtcNow();
        var cancelled = await transaction.QueryAsync("select message_id, store_id from cancellations where message_id = any(@ids)",
            row => (row.GetGuid(0), row.GetString(1)), cancellation, ("ids", messages.Select(received => received.Message.MessageId).ToArray()));
        var queued = messages.Select(received =>
        {
            var refusal = RefusalOf(received.Message, cancelled);
            Describe(received.Span, refusal);
            return (received.Message, received.Trace, Refusal: refusal);
        }).ToList();
        transaction.Write(
            """
            insert into messages (message_id, store_id, instance_id, journey_id, event_id, recipient, content, fingerprint, status, attempt,
                due_at, expires_at, reason, trace, created_at, updated_at)
            values (@id, @store, @instance, @journey, @event, @recipient, @content, @fingerprint, @status, 0,
                @now, @expires_at, @reason, @trace, @now, @now) on conflict do nothing
            """,
            new Columns<(MessageRendered Message, ActivityContext Trace, (string Status, string Reason)? Refusal)>(queued)
            {
                { "id", each => each.Message.MessageId }, { "store", each => each.Message.StoreId },
                { "instance", each => gateways.Of(each.Message.StoreId)?.Instance ?? "" }, { "journey", each => each.Message.JourneyId },
                { "event", each => each.Message.EventId }, { "recipient", each => each.Message.Recipient },
                { "content", each => JsonSerializer.Serialize(each.Message.Content) },
                { "fingerprint", each => Fingerprint.Of(each.Message.Recipient, each.Message.Content.Text) },
                { "status", each => each.Refusal?.Status ?? "waiting" }, { "now", now }, { "expires_at", each => each.Message.ExpiresAt },
                { "reason", each => each.Refusal?.Reason }, { "trace", each => each.Trace.ToTraceparent() },
            });
        foreach (var (message, trace, refusal) in queued)
            if (refusal is { } refused)
                transaction.Publish(StatusNews.Of(message.MessageId, message.StoreId, message.JourneyId, message.EventId, refused.Status, now, refused.Reason), trace);
        DispatcherMetrics.CountSends(queued.Where(each => each.Refusal is not null).Select(each => (each.Refusal!.Value.Status, (string?)each.Refusal.Value.Reason)), transaction);
        transaction.OnCommitted(dispatcher.Wake);
    }

    /// <inheritdoc/>
    public IMessage WhenDead(MessageRendered message) => StatusNews.Of(message.MessageId, message.StoreId, message.JourneyId, message.EventId,
        MessageStatuses.Failed, time.GetUtcNow(), Reasons.NotProcessed);

    private static void Describe(Activity? span, (string Status, string Reason)? refusal)
    {
        span?.SetTag(SpanTags.Reason, refusal?.Reason);
        if (refusal is (MessageStatuses.Failed, var reason))
            span.Fail(reason);
    }

    private (string Status, string Reason)? RefusalOf(MessageRendered message, List<(Guid Message, string Store)> cancelled)
    {
        if (cancelled.Contains((message.MessageId, message.StoreId)) || cancelled.Contains((message.MessageId, "")))
            return (MessageStatuses.Suppressed, Reasons.Cancelled);
        return gateways.Of(message.StoreId) is null ? (MessageStatuses.Failed, Reasons.NoGateway) : null;
    }
}
