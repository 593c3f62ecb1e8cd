using Microsoft.Extensions.Options;

namespace Recado.Normalizer;

/// <summary>Every ten minutes, takes away quarantined webhooks that have been kept long enough, and drift that has not been seen for as long.</summary>
internal sealed class ExpiredRows(NormalizerDatabase database, IOptions<NormalizerOptions> options, TimeProvider time, ILogger<ExpiredRows> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await DeleteSomeAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Expired rows stay for now: {Error}", exception.Message);
            }
        }
    }

    private Task<int> DeleteSomeAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - options.Value.QuarantineRetention;
        return database.InTransactionAsync(async transaction =>
            await transaction.ExecuteAsync(
                "delete from quarantine where webhook_id in (select webhook_id from quarantine where received_at < @before order by received_at limit 1000)",
                cancellation, ("before", before))
            + await transaction.ExecuteAsync("delete from drift where last_seen < @before", cancellation, ("before", before)), cancellation);
    }
}
