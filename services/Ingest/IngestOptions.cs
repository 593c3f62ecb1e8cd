using System.ComponentModel.DataAnnotations;

namespace Recado.Ingest;

/// <summary>Limits of what is taken in.</summary>
public sealed class IngestOptions
{
    /// <summary>Largest body of a commerce webhook, in bytes.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Ingest:MaxBodyBytes must be between 1024 and 10000000.")]
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>Largest body of a batch of events, in bytes; each event in it is limited by <see cref="MaxBodyBytes"/>.</summary>
    [Range(1024, 100_000_000, ErrorMessage = "Ingest:MaxBatchBytes must be between 1024 and 100000000.")]
    public int MaxBatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest body of a gateway callback, in bytes.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Ingest:MaxCallbackBytes must be between 1024 and 10000000.")]
    public int MaxCallbackBytes { get; set; } = 512 * 1024;

    /// <summary>Requests that may wait for their commit; beyond it the answer is 503 with Retry-After.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Ingest:MaxWaiting must be between 1 and 1000000.")]
    public int MaxWaiting { get; set; } = 2000;

    /// <summary>How long a request waits for a commit before the answer is 503; a batch may need several. The checkout gives up after 10 s.</summary>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
