using System.Diagnostics.Metrics;

namespace Recado.Platform.Telemetry;

/// <summary>
/// Recado's own metrics. What stands in the database is counted after its commit (<see cref="Data.Transaction.OnCommitted"/>),
/// so that what is rolled back counts nothing. Attributes come from closed lists: no store, no customer, no message.
/// </summary>
public static class Instruments
{
    /// <summary>Makes them.</summary>
    public static readonly Meter Meter = new(Spans.SourceName);

    // From a hop within one machine to a journey that nobody looked after for a night.
    private static readonly InstrumentAdvice<double> Buckets =
        new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600] };

    /// <summary>A counter, by its name in OpenTelemetry.</summary>
    /// <param name="unit">What is counted, in braces: <c>{webhook}</c>.</param>
    public static Counter<long> Counter(string name, string unit, string description) => Meter.CreateCounter<long>(name, unit, description);

    /// <summary>A histogram of durations in seconds, 10 ms to 6 h.</summary>
    public static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(name, "s", description, tags: null, Buckets);

    /// <summary>An attribute of a measurement.</summary>
    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
