using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Adds nothing to counters when the process starts, so that they are there at zero. Prometheus sees a rise only between
/// two values: the first dead letter would go unnoticed if the counter began with it.
/// </summary>
public static class CountersFromZero
{
    /// <summary>Has it done at start, when the exporter already listens.</summary>
    public static void AddCountersFromZero(this IServiceCollection services, Action addNothing) =>
        services.AddSingleton<IHostedService>(_ => new AtStart(addNothing));

    private sealed class AtStart(Action addNothing) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            addNothing();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
