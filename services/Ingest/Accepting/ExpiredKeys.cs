using Recado.Platform.Data;

namespace Recado.Ingest.Accepting;

/// <summary>Takes away idempotency keys whose window has passed.</summary>
internal sealed class ExpiredKeys(IngestDatabase database, TimeProvider time, ILogger<ExpiredKeys> log) : Pruning(time, log)
{
    protected override Task<int> DeleteSomeAsync(DateTimeOffset now, CancellationToken cancellation) =>
        database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "delete from idempotency_keys where key in (select key from idempotency_keys where expires_at <= @now order by expires_at limit 5000)",
            cancellation, ("now", now)), cancellation);
}
