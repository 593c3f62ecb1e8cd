using System.Diagnostics;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.WhatsAppDispatcher.Receipts;

/// <summary>The gateway reported: the message moves forward. A report on a message nobody knows yet is parked.</summary>
public sealed class ApplyReceipts(TimeProvider time) : IHandle<GatewayReceipt>
{
    private sealed record Sent(Guid MessageId, string StoreId, string InstanceId, Guid JourneyId, Guid EventId, string GatewayMessageId, string Status, string? Trace, DateTimeOffset? ToldAt);

    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<GatewayReceipt>> messages, Transaction transaction, CancellationToken cancellation)
    {
        DispatcherMetrics.CountReceipts(messages.Select(received => received.Message.Status), transaction);
        var unknown = await ApplyAsync(messages, transaction, time.GetUtcNow(), cancellation);
        transaction.Write(
            """
            insert into parked_receipts (receipt_id, store_id, instance_id, gateway_message_id, body, trace, parked_at)
            values (@id, @store, @instance, @gateway, @body, @trace, @now) on conflict do nothing
            """,
            new Columns<Received<GatewayReceipt>>(unknown)
            {
                { "id", received => received.Message.ReceiptId }, { "store", received => received.Message.StoreId },
                { "instance", received => received.Message.InstanceId }, { "gateway", received => received.Message.GatewayMessageId },
                { "body", received => JsonSerializer.Serialize(received.Message) }, { "trace", received => received.Trace.ToTraceparent() },
                { "now", time.GetUtcNow() },
            });
    }

    /// <summary>Applies those whose message is known and returns the others.</summary>
    internal static async Task<List<Received<GatewayReceipt>>> ApplyAsync(IReadOnlyList<Received<GatewayReceipt>> receipts, Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = (await transaction.QueryAsync(
            """
            select message_id, store_id, instance_id, journey_id, event_id, gateway_message_id, status, trace, told_at from messages
            where store_id = any(@stores) and instance_id = any(@instances) and gateway_message_id = any(@ids) order by message_id for update
            """,
            row => new Sent(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), row.GetString(6), row.GetStringOrNull(7), row.IsDBNull(8) ? null : row.GetTime(8)),
            cancellation, ("stores", receipts.Select(received => received.Message.StoreId).Distinct().ToArray()),
            ("instances", receipts.Select(received => received.Message.InstanceId).Distinct().ToArray()), ("ids", receipts.Select(received => received.Message.GatewayMessageId).Distinct().ToArray())))
            .ToDictionary(sent => (sent.StoreId, sent.InstanceId, sent.GatewayMessageId));
        foreach (var received in receipts)
            if (known.TryGetValue(KeyOf(received.Message), out var sent))
                known[KeyOf(received.Message)] = Advance(sent, received, transaction);
        transaction.Write(
            """
            with moved (id, status, told) as (values (@id, @status, @told))
            update messages set status = moved.status, told_at = moved.told, updated_at = @now from moved where messages.message_id = moved.id
            """,
            new Columns<Sent>(known.Values)
            {
                { "status", sent => sent.Status }, { "told", sent => sent.ToldAt }, { "now", now }, { "id", sent => sent.MessageId },
            });
        return [.. receipts.Where(received => !known.ContainsKey(KeyOf(received.Message)))];
    }

    private static (string, string, string) KeyOf(GatewayReceipt receipt) => (receipt.StoreId, receipt.InstanceId, receipt.GatewayMessageId);

    /// <summary>The callback came in a trace of its own; the link of this span is where the two meet.</summary>
    private static Activity? Start(Sent sent, Received<GatewayReceipt> received)
    {
        if (!Spans.Source.HasListeners())
            return null;
        var link = Spans.FromTraceparent(sent.Trace) is var send && send != default ? new ActivityLink[] { new(send) } : [];
        var span = Spans.Source.StartActivity("message receipt", ActivityKind.Internal, received.Trace, links: link);
        span?.SetTag(SpanTags.Store, sent.StoreId).SetTag(SpanTags.MessageId, sent.MessageId.ToString()).SetTag(SpanTags.Status, received.Message.Status);
        if (received.Message.Status == ReceiptStatuses.Failed)
            span.Fail(Reasons.DeliveryFailed);
        return span;
    }

    private static Sent Advance(Sent sent, Received<GatewayReceipt> received, Transaction transaction)
    {
        var receipt = received.Message;
        var status = ReceiptLattice.Join(sent.Status, receipt.Status);
        using var span = Start(sent, received);
        if (status == sent.Status)
            return sent;
        // Receipts that were faster than the answer, or than the echo that settled a doubt, are not told as older than it.
        var at = sent.ToldAt > receipt.OccurredAt ? sent.ToldAt.Value : receipt.OccurredAt;
        transaction.Publish(StatusNews.Of(sent.MessageId, sent.StoreId, sent.JourneyId, sent.EventId, status, at,
                status == MessageStatuses.Failed ? Reasons.DeliveryFailed : null, receipt.ErrorCode is { } code ? $"gateway {code}" : null, sent.GatewayMessageId),
                span?.Context ?? received.Trace);
        return sent with { Status = status, ToldAt = at };
    }
}
