using Recado.Contracts;
using Recado.Platform.Batching;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>
/// The last look before the wire: in one transaction, still ours, not called back, not expired, then "sending". Only a
/// crash after this commit leaves a message uncertain. Sends that start together share the commit.
/// </summary>
public sealed class Arming : IAsyncDisposable
{
    private readonly BatchQueue<OutgoingMessage, bool> _batches;
    private readonly TimeProvider _time;

    public Arming(DispatcherDatabase database, TimeProvider time)
    {
        _time = time;
        _batches = new(limit: 100, workers: 1, capacity: int.MaxValue,
            (messages, cancellation) => database.InTransactionAsync(transaction => ArmAsync(messages, transaction, cancellation), cancellation),
            pace: TimeSpan.FromMilliseconds(12)); // a hand of Dispatcher:Concurrency is taken meanwhile, here and in Recording: 16 / (2 × 12 ms + the send) is the most for one process
    }

    /// <summary>True when the message may be sent now.</summary>
    public Task<bool> ArmAsync(OutgoingMessage message) => _batches.EnqueueAsync(message);

    private async Task<IReadOnlyList<bool>> ArmAsync(IReadOnlyList<OutgoingMessage> messages, Transaction transaction, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
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
        return [.. messages.Select(message => armed.Contains(message.MessageId))];
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();
}
