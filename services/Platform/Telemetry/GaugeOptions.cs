using System.ComponentModel.DataAnnotations;

namespace Recado.Platform.Telemetry;

/// <summary>Figures that only the database knows.</summary>
public sealed class GaugeOptions
{
    /// <summary>How often they are read. Nothing is read while telemetry is off.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true, ErrorMessage = "Gauges:Every must be between 00:00:01 and 01:00:00.")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);
}
