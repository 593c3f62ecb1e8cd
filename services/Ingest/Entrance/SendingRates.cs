using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Entrance;

/// <summary>
/// How much each store sends by each source: a bucket of tokens per pair. Old and new tokens of a pair share it, and there
/// are no more buckets than pairs in the bundle, for only good credentials are counted.
/// </summary>
internal sealed class SendingRates : IDisposable
{
    private readonly RateLimitOptions _options;
    private readonly PartitionedRateLimiter<Credential> _sent;

    public SendingRates(IOptions<RateLimitOptions> options)
    {
        _options = options.Value;
        _sent = PartitionedRateLimiter.Create<Credential, (string, string)>(credential => LimitsOf(credential) switch
        {
            (0, _) => RateLimitPartition.GetNoLimiter((credential.StoreId, credential.Source)),
            var (perSecond, burst) => RateLimitPartition.GetTokenBucketLimiter((credential.StoreId, credential.Source), _ => new()
            {
                TokenLimit = burst,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }),
        });
    }

    /// <summary>Counts so many more webhooks, or says how long to wait and counts none.</summary>
    public TimeSpan? Take(Credential credential, int count = 1)
    {
        using var lease = _sent.AttemptAcquire(credential, Math.Min(count, LimitsOf(credential).Burst));
        return lease.Wait();
    }

    private (int PerSecond, int Burst) LimitsOf(Credential credential) => credential.Source == Sources.EzApi
        ? (_options.CallbacksPerSecond, _options.CallbackBurst)
        : (_options.PerSecond, _options.Burst);

    /// <inheritdoc/>
    public void Dispose() => _sent.Dispose();
}

/// <summary>What a limiter says.</summary>
internal static class Leases
{
    /// <summary>Null where the lease was given; else how long to wait.</summary>
    public static TimeSpan? Wait(this RateLimitLease lease)
    {
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }
}
