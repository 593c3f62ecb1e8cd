namespace Recado.Ingest.Accepting;

/// <summary>Every ten minutes, takes away idempotency keys whose window has passed.</summary>
internal sealed class ExpiredKeys(IngestDatabase database, TimeProvider time, ILogger<ExpiredKeys> log) : BackgroundService
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
                log.LogWarning("Expired keys stay for now: {Error}", exception.Message);
            }
        }
    }

    private Task<int> DeleteSomeAsync(CancellationToken cancellation) =>
        database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "delete from idempotency_keys where key in (select key from idempotency_keys where expires_at <= @now order by expires_at limit 5000)",
            cancellation, ("now", time.GetUtcNow())), cancellation);
}
