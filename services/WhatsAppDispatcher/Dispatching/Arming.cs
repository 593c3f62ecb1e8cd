using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>
/// The last look before the wire: in one transaction, still ours, not called back, not expired, then "sending". Only a
/// crash after this commit leaves a message uncertain. What was claimed together is armed together.
/// </summary>
internal static class Arming
{
    /// <summary>Says which of them may be sent now, once it is committed.</summary>
    public static async Task<HashSet<Guid>> ArmAsync(IReadOnlyList<OutgoingMessage> messages, DateTimeOffset now, Transaction transaction, CancellationToken cancellation)
    {
        var expired = messages.Where(message => message.ExpiresAt <= now).ToList();
        var armed = await transaction.QueryAsync(
            """
            update messages set status = 'sending', armed_at = @now, updated_at = @now
            where message_id = any(@ids) and claim = any(@claims) and status = 'claimed' and lease_until > @now
                and not exists (select 1 from cancellations c where c.message_id = messages.message_id and c.store_id in (messages.store_id, ''))
            returning message_id
            """,
            row => row.GetGuid(0), cancellation, ("now", now), ("ids", messages.Except(expired).Select(message => message.MessageId).ToArray()),
            ("claims", messages.Select(message => message.Claim).Distinct().ToArray()));
        foreach (var message in expired)
            await SuppressAsync(message, Reasons.Expired, now, transaction, cancellation);
        foreach (var message in messages.Except(expired).Where(message => !armed.Contains(message.MessageId)))
            await SuppressAsync(message, Reasons.Cancelled, now, transaction, cancellation);
        return [.. armed];
    }

    /// <summary>Ends what is still ours: expired, or called back. What has lost its claim is somebody else's.</summary>
    private static async Task SuppressAsync(OutgoingMessage message, string reason, DateTimeOffset now, Transaction transaction, CancellationToken cancellation)
    {
        var suppressed = await transaction.ExecuteAsync(
            """
            update messages set status = 'suppressed', reason = @reason, lease_until = null, updated_at = @now
            where message_id = @id and claim = @claim and status = 'claimed' and lease_until > @now
                and (@reason = 'expired' or exists (select 1 from cancellations c where c.message_id = messages.message_id and c.store_id in (messages.store_id, '')))
            """, cancellation, ("reason", reason), ("now", now), ("id", message.MessageId), ("claim", message.Claim));
        if (suppressed == 0)
            return;
        transaction.Publish(message.Changed(MessageStatuses.Suppressed, now, reason), Spans.FromTraceparent(message.Trace));
        DispatcherMetrics.CountSends([(MessageStatuses.Suppressed, reason)], transaction);
    }
}
