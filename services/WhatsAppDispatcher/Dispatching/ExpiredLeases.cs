using Recado.Contracts;
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
        foreach (var message in uncertain)
            transaction.Publish(message.Changed(MessageStatuses.Uncertain, now, Reasons.ProcessDied), Spans.FromTraceparent(message.Trace));
        if (returned > 0)
            transaction.OnCommitted(dispatcher.Wake);
    }, cancellation);
}
