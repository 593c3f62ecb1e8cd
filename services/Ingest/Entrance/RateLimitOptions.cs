using System.ComponentModel.DataAnnotations;

namespace Recado.Ingest.Entrance;

/// <summary>How often senders may come. Counted in this process: two replicas let twice as much in.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Webhooks that a store may send in a second on average, per source; an event in a batch counts as one. 0: no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Ingest:RateLimit:PerSecond must be between 0 and 1000000.")]
    public int PerSecond { get; set; } = 200;

    /// <summary>Webhooks that may come at once after a pause.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Ingest:RateLimit:Burst must be between 1 and 10000000.")]
    public int Burst { get; set; } = 1000;

    /// <summary>Callbacks of a store's gateway in a second on average: each message sent causes several. 0: no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Ingest:RateLimit:CallbacksPerSecond must be between 0 and 1000000.")]
    public int CallbacksPerSecond { get; set; } = 1000;

    /// <summary>Callbacks that may come at once after a pause.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Ingest:RateLimit:CallbackBurst must be between 1 and 10000000.")]
    public int CallbackBurst { get; set; } = 5000;

    /// <summary>Requests with wrong credentials that one address may make in a minute; beyond it they are told to come later. Good ones are let in all the same. 0: no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Ingest:RateLimit:FailuresPerMinute must be between 0 and 1000000.")]
    public int FailuresPerMinute { get; set; } = 100;
}
