using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recado.Platform.Data;

/// <summary>Every ten minutes, deletes what has passed its time, a little at a time so that no lock lasts, until nothing is left of it.</summary>
public abstract class Pruning(TimeProvider time, ILogger log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await DeleteSomeAsync(time.GetUtcNow(), stoppingToken) > 0)
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("What has passed its time stays for now: {Error}", exception.Message);
            }
        }
    }

    /// <summary>Some thousand rows at most.</summary>
    /// <returns>How many there were.</returns>
    protected abstract Task<int> DeleteSomeAsync(DateTimeOffset now, CancellationToken cancellation);
}
