using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Platform.Outbox;

/// <summary>Every ten minutes, takes away outbox and inbox rows and dead letters that are past their retention.</summary>
internal sealed class Retention(Database database, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = time.GetUtcNow();
                while (await database.PruneAsync(now - options.Value.OutboxRetention, now - options.Value.InboxRetention, now - options.Value.DeadLetterRetention, stoppingToken) > 0)
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Pruning {Schema} failed and will be tried again: {Error}", database.Schema, exception.Message);
            }
        }
    }
}
