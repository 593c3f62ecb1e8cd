using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>
/// Settles what a dead process left: claimed but not armed goes back to the queue, for nothing can have left; armed may
/// have been sent, so it is uncertain.
/// </summary>
public sealed class ExpiredLeases(DispatcherDatabase database, Dispatcher dispatcher, TimeProvider time, ILogger<ExpiredLeases> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SettleAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Expired leases wait: {Error}", exception.Message);
            }
        }
    }

    /// <summary>What waits behind a disconnected phone or a gateway that is gone loses its sense there.</summary>
    private static async Task ExpireAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        var expired = await transaction.QueryAsync(
            """
            update messages set status = 'suppressed', reason = @reason, updated_at = @now
            where message_id in (select message_id from messages where status = 'waiting' and expires_at <= @now order by expires_at limit 200 for update skip locked)
            returning message_id, store_id, journey_id, event_id, trace
            """,
            row => (News: StatusNews.Of(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3), MessageStatuses.Suppressed, now, Reasons.Expired), Trace: row.GetStringOrNull(4)),
            cancellation, ("reason", Reasons.Expired), ("now", now));
        foreach (var (news, trace) in expired)
            transaction.Publish(news, Spans.FromTraceparent(trace));
        DispatcherMetrics.CountSends(expired.Select(each => (each.News.Status, each.News.Reason)), transaction);
    }

    private Task SettleAsync(CancellationToken cancellation) => database.InTransactionAsync(async transaction =>
    {
        var now = time.GetUtcNow();
        var returned = await transaction.ExecuteAsync(
            """
            update messages set status = 'waiting', lease_until = null, updated_at = @now
            where message_id in (select message_id from messages where status = 'claimed' and lease_until <= @now for update skip locked)
            """, cancellation, ("now", now));
        var uncertain = await transaction.QueryAsync(
            $"""
            update messages set status = 'uncertain', reason = @reason, lease_until = null, updated_at = @now
            where message_id in (select message_id from messages where status = 'sending' and lease_until <= @now for update skip locked)
            returning {OutgoingMessage.Columns}
            """, OutgoingMessage.Map, cancellation, ("reason", Reasons.ProcessDied), ("now", now));
        await ExpireAsync(transaction, now, cancellation);
        foreach (var message in uncertain)
            transaction.Publish(message.Changed(MessageStatuses.Uncertain, now, Reasons.ProcessDied), Spans.FromTraceparent(message.Trace));
        DispatcherMetrics.CountSends(uncertain.Select(_ => (MessageStatuses.Uncertain, (string?)Reasons.ProcessDied)), transaction);
        if (returned > 0)
            transaction.OnCommitted(dispatcher.Wake);
    }, cancellation);
}
