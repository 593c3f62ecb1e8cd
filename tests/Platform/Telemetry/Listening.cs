using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Recado.Tests.Platform.Telemetry;

/// <summary>Watches one figure of this process, as an exporter does.</summary>
internal sealed class Listening : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<double> _heard = [];

    /// <param name="attribute">Only measurements that have this value of an attribute; null for all.</param>
    public Listening(string name, string? attribute = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Recado" && instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if (attribute is null || tags.ToArray().Any(tag => attribute.Equals(tag.Value)))
                _heard.Add(value);
        });
        _listener.Start();
    }

    /// <summary>What an exporter would be told now.</summary>
    public double[] Read()
    {
        _heard.Clear();
        _listener.RecordObservableInstruments();
        return [.. _heard];
    }

    public void Dispose() => _listener.Dispose();
}
