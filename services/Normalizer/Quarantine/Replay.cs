using System.Data.Common;
using System.Diagnostics;
using Recado.Contracts;
using Recado.Normalizer.Webhooks;
using Recado.Platform.Data;

namespace Recado.Normalizer.Quarantine;

/// <summary>A row of the quarantine, locked to be tried again.</summary>
/// <param name="ReplayedAt">When it was understood; null while it is not.</param>
internal sealed record QuarantineRow(WebhookReceived Webhook, DateTimeOffset? ReplayedAt)
{
    /// <summary>Reads <c>replayed_at, webhook</c>.</summary>
    public static QuarantineRow Of(DbDataReader row) => new(QuarantinedBytes.Read(row.GetFieldValue<byte[]>(1)), row.IsDBNull(0) ? null : row.GetTime(0));
}

/// <summary>What came of trying one again.</summary>
/// <param name="ReplayedAt">When it was understood, now or earlier; null where it was not.</param>
/// <param name="Now">What it says, where it was tried now.</param>
internal sealed record Attempt(WebhookReceived Webhook, DateTimeOffset? ReplayedAt, Normalized? Now)
{
    /// <summary>It never starts anything, whatever version looks at it.</summary>
    public bool IsRefused => Now?.Quarantine is { Reason: QuarantineReasons.IdempotencyConflict };

    /// <summary>Why it is still not understood.</summary>
    public QuarantineCause? Still => IsRefused ? null : Now?.Quarantine;
}

/// <summary>Tries quarantined webhooks again by today's rules.</summary>
internal static class Replay
{
    /// <summary>Decides. What was understood before is not looked at again.</summary>
    public static Attempt Try(QuarantineRow row, DateTimeOffset now)
    {
        if (row.ReplayedAt is not null)
            return new(row.Webhook, row.ReplayedAt, null);
        var normalized = Normalization.Normalize(row.Webhook);
        return new(row.Webhook, normalized.Quarantine is null ? now : null, normalized);
    }

    /// <summary>Tries rows that this transaction has locked, publishes what they say and keeps the outcome.</summary>
    public static List<Attempt> TryAll(IEnumerable<QuarantineRow> rows, Transaction transaction, DateTimeOffset now)
    {
        var attempts = rows.Select(row => Try(row, now)).ToList();
        var understood = attempts.Where(attempt => attempt is { Now: not null, ReplayedAt: not null }).ToList();
        var trace = Activity.Current?.Context ?? default;
        foreach (var attempt in understood)
        {
            foreach (var message in attempt.Now!.Messages)
                transaction.Publish(message, trace);
            transaction.Publish(new WebhookReplayed { WebhookId = attempt.Webhook.WebhookId, StoreId = attempt.Webhook.StoreId, ReplayedAt = now }, trace);
        }
        transaction.WriteEach("update quarantine set replayed_at = @now where webhook_id = @id",
            understood, attempt => [("now", now), ("id", attempt.Webhook.WebhookId)]);
        transaction.WriteEach("update quarantine set reason = @reason, field = @field where webhook_id = @id",
            [.. attempts.Where(attempt => attempt.Still is not null)],
            attempt => [("reason", attempt.Still!.Reason), ("field", attempt.Still.Field), ("id", attempt.Webhook.WebhookId)]);
        NormalizeWebhooks.Count([.. understood.Where(attempt => attempt.Now!.Ignored is not null).Select(attempt => (attempt.Webhook, attempt.Now!.Ignored!))], transaction);
        return attempts;
    }

    /// <summary>To the millisecond: what is answered now and what is read from the database later are the same.</summary>
    public static DateTimeOffset Now(TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
