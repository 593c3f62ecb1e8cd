using System.ComponentModel.DataAnnotations;

namespace Recado.AutomationMatcher;

/// <summary>How time passes for journeys.</summary>
public sealed class MatcherOptions
{
    /// <summary>Waits are divided by this: 3600 makes an hour pass in a second. For demonstrations only.</summary>
    [Range(1, 1_000_000, ErrorMessage = "TimeScale must be between 1 and 1000000.")]
    public double TimeScale { get; set; } = 1;
}
