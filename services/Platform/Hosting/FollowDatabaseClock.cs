using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Platform.Data;

namespace Recado.Platform.Hosting;

/// <summary>Looks at the database's clock every 10 s; while the database is away, the last reading goes on.</summary>
internal sealed class FollowDatabaseClock(IEnumerable<Database> databases, DatabaseClock clock, ILogger<FollowDatabaseClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var engine = databases.First().Engine;
        using var timer = new PeriodicTimer(Pause);
        while (engine.HasClock && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.ReadAsync(engine, stoppingToken);
            }
            catch (Exception exception) when (Outage.Is(exception) && !stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("The database's clock was not read: {Error}", exception.Message);
            }
        }
    }
}
