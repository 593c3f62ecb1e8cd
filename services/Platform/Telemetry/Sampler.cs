using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Reads figures from the database every so often, never while they are exported, and only while somebody watches them.
/// A figure that cannot be read is not told: an old one would look like news.
/// </summary>
public abstract class Sampler(IMeterFactory meters, IOptions<GaugeOptions> options, TimeProvider time, ILogger log) : BackgroundService
{
    // Of the host, which may be one of several in a process, and ends with it.
    private readonly Meter _meter = meters.Create(Spans.SourceName);
    private readonly List<SampledGauge> _gauges = [];

    /// <summary>A figure of this sampler, by its name in OpenTelemetry.</summary>
    protected SampledGauge Gauge(string name, string unit, string description)
    {
        var gauge = new SampledGauge(_meter, name, unit, description);
        _gauges.Add(gauge);
        return gauge;
    }

    /// <summary>Reads and sets all of them. A query takes an index, and counts no more rows than it has to.</summary>
    protected abstract Task SampleAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.Every, time);
        do
        {
            try
            {
                if (_gauges.Exists(gauge => gauge.IsWatched))
                    await SampleAsync(time.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                _gauges.ForEach(gauge => gauge.Forget());
                log.LogDebug("Figures were not read: {Error}", exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
