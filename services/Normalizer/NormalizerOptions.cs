using System.ComponentModel.DataAnnotations;

namespace Recado.Normalizer;

/// <summary>What is kept, and for how long.</summary>
public sealed class NormalizerOptions
{
    /// <summary>How long quarantined webhooks are kept after their arrival, replayed or not, and drift after it was last seen.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true, ErrorMessage = "Normalizer:QuarantineRetention must be between 1 and 3650 days.")]
    public TimeSpan QuarantineRetention { get; set; } = TimeSpan.FromDays(90);
}
