using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Normalizer;

/// <summary>Takes away quarantined webhooks that have been kept long enough, and drift that has not been seen for as long.</summary>
internal sealed class ExpiredRows(NormalizerDatabase database, IOptions<NormalizerOptions> options, TimeProvider time, ILogger<ExpiredRows> log) : Pruning(time, log)
{
    protected override Task<int> DeleteSomeAsync(DateTimeOffset now, CancellationToken cancellation) => database.InTransactionAsync(async transaction =>
        await transaction.ExecuteAsync(
            "delete from quarantine where webhook_id in (select webhook_id from quarantine where received_at < @before order by received_at limit 1000)",
            cancellation, ("before", now - options.Value.QuarantineRetention))
        + await transaction.ExecuteAsync("delete from drift where last_seen < @before", cancellation, ("before", now - options.Value.QuarantineRetention)), cancellation);
}
