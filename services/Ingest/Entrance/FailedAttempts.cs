using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Recado.Ingest.Entrance;

/// <summary>Remembers from where wrong credentials come, and for how long more of them are put off.</summary>
public sealed class FailedAttempts : IDisposable
{
    /// <summary>
    /// Addresses share so many counters, so that no number of addresses takes more memory (about 10 MB if all are in use;
    /// idle ones are forgotten within seconds). Which share one is random in each process: nobody can lock out a chosen other.
    /// </summary>
    public const int Places = 16_384;

    private readonly PartitionedRateLimiter<int> _failures;

    public FailedAttempts(IOptions<RateLimitOptions> options)
    {
        var most = options.Value.FailuresPerMinute;
        _failures = PartitionedRateLimiter.Create<int, int>(place => most == 0
            ? RateLimitPartition.GetNoLimiter(place)
            : RateLimitPartition.GetTokenBucketLimiter(place, _ => new()
            {
                TokenLimit = most,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / most,
            }));
    }

    /// <summary>Somebody came from there with wrong credentials: how long to wait where that was once too often; else null.</summary>
    public TimeSpan? Note(IPAddress? address)
    {
        // Asking for none would not do: the bucket fills by fractions, and any fraction would say that there is room.
        using var lease = _failures.AttemptAcquire(PlaceOf(address));
        return lease.Wait();
    }

    /// <summary>Of IPv6 the first 64 bits: whoever has one of such addresses has them all.</summary>
    public static int PlaceOf(IPAddress? address)
    {
        var bytes = address switch
        {
            null => [],
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes()[..8],
            _ => address.GetAddressBytes(),
        };
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return (int)((uint)hash.ToHashCode() % Places);
    }

    /// <inheritdoc/>
    public void Dispose() => _failures.Dispose();
}
