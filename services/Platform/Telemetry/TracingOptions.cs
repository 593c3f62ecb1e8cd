using System.ComponentModel.DataAnnotations;

namespace Recado.Platform.Telemetry;

/// <summary>Which traces are exported. Those with an error and the slow ones always are.</summary>
public sealed class TracingOptions
{
    /// <summary>Share of the other traces, 0 to 1, chosen by their id: the same ones in every service that has the same share.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Tracing:Ratio must be between 0 and 1.")]
    public double Ratio { get; set; } = 1;

    /// <summary>What lasts as long as this is slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Tracing:SlowFrom must be between 00:00:00.001 and 1.00:00:00.")]
    public TimeSpan SlowFrom { get; set; } = TimeSpan.FromSeconds(2);
}
