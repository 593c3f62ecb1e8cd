using System.Diagnostics.Metrics;

namespace Recado.Platform.Telemetry;

/// <summary>A figure that is read now and then, and told as it was until the next time.</summary>
public sealed class SampledGauge
{
    private readonly ObservableGauge<double> _gauge;
    private volatile Measurement<double>[] _latest = [];

    internal SampledGauge(Meter meter, string name, string unit, string description) =>
        _gauge = meter.CreateObservableGauge<double>(name, () => _latest, unit, description);

    internal bool IsWatched => _gauge.Enabled;

    /// <summary>What it is now.</summary>
    public void Set(double value) => _latest = [new(value)];

    /// <summary>What it is now, for each value of an attribute.</summary>
    public void Set(string attribute, IEnumerable<KeyValuePair<string, double>> values) =>
        _latest = [.. values.Select(each => new Measurement<double>(each.Value, Instruments.Tag(attribute, each.Key)))];

    internal void Forget() => _latest = [];
}
