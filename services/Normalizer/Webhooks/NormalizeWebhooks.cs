using System.Diagnostics;
using System.Globalization;
using Recado.Contracts;
using Recado.Normalizer.Quarantine;
using Recado.Normalizer.Shapes;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.Normalizer.Webhooks;

/// <summary>A webhook arrived: tells what it says, or puts it aside with the reason.</summary>
public sealed class NormalizeWebhooks : IHandle<WebhookReceived>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<WebhookReceived>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var results = messages.Select(received => (Received: received, received.Message, Normalized: Normalization.Normalize(received.Message))).ToList();
        foreach (var (received, webhook, normalized) in results)
        {
            Describe(received.Span, normalized);
            foreach (var message in normalized.Messages)
                transaction.Publish(message, received.Trace);
            if (normalized.Quarantine is { } quarantine)
                transaction.Publish(Quarantined(webhook, quarantine), received.Trace);
        }
        Keep([.. results.Where(result => result.Normalized.Quarantine is not null).Select(result => (result.Message, result.Normalized.Quarantine!))], transaction);
        Count([.. results.Where(result => result.Normalized.Ignored is not null).Select(result => (result.Message, result.Normalized.Ignored!))], transaction);
        await DriftCounts.AddAsync([.. results.Where(result => result.Normalized.Drift.Count > 0).Select(result => (result.Message, result.Normalized.Drift))], transaction, cancellation);
    }

    private static void Describe(Activity? span, Normalized normalized)
    {
        if (span is null)
            return;
        span.SetTag(SpanTags.EventType, SpanTags.Joined(normalized.Messages.OfType<CommerceEvent>().Select(happened => happened.Type)));
        if (normalized.Quarantine is not { } quarantine)
            return;
        span.SetTag(SpanTags.Reason, quarantine.Reason);
        span.Fail(quarantine.Reason);
    }

    private static WebhookQuarantined Quarantined(WebhookReceived webhook, QuarantineCause quarantine) => new()
    {
        WebhookId = webhook.WebhookId,
        StoreId = webhook.StoreId,
        Source = webhook.Source,
        Reason = quarantine.Reason,
        Field = quarantine.Field,
        ReceivedAt = webhook.ReceivedAt,
    };

    private static void Keep(List<(WebhookReceived Webhook, QuarantineCause Quarantine)> rows, Transaction transaction)
    {
        transaction.OnCommitted(() => NormalizerMetrics.Quarantine(rows.Select(row => (row.Webhook.Source, row.Quarantine.Reason))));
        transaction.Write(
            """
            insert into quarantine (webhook_id, store_id, source, reason, field, received_at, webhook)
            values (@id, @store, @source, @reason, @field, @received_at, @webhook) on conflict do nothing
            """,
            new Columns<(WebhookReceived Webhook, QuarantineCause Quarantine)>(rows)
            {
                { "id", row => row.Webhook.WebhookId }, { "store", row => row.Webhook.StoreId }, { "source", row => row.Webhook.Source },
                { "reason", row => row.Quarantine.Reason }, { "field", row => row.Quarantine.Field }, { "received_at", row => row.Webhook.ReceivedAt },
                { "webhook", row => QuarantinedBytes.Of(row.Webhook) },
            });
    }

    /// <summary>Counts what was understood and means nothing to us, per day.</summary>
    internal static void Count(List<(WebhookReceived Webhook, string What)> rows, Transaction transaction) =>
        transaction.WriteEach(
            """
            insert into ignored (store_id, source, what, day, count) values (@store, @source, @what, @day, @count)
            on conflict (store_id, source, what, day) do update set count = ignored.count + excluded.count
            """,
            [.. rows.GroupBy(row => (row.Webhook.StoreId, row.Webhook.Source, row.What, Day: row.Webhook.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                .OrderBy(group => group.Key)],
            group => [("store", group.Key.StoreId), ("source", group.Key.Source), ("what", group.Key.What), ("day", group.Key.Day), ("count", (long)group.Count())]);
}
