using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.WhatsAppDispatcher.Receipts;

/// <summary>
/// Receipts that were faster than the answer to the send. They are matched when the answer is recorded; a look every
/// second catches the two that commit at the same moment and do not see each other. Kept for 72 h.
/// </summary>
public sealed class ParkedReceipts(DispatcherDatabase database, TimeProvider time, ILogger<ParkedReceipts> log) : BackgroundService
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(72);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.InTransactionAsync(async transaction =>
                {
                    await MatchAsync(transaction, time.GetUtcNow(), null, stoppingToken);
                    await transaction.ExecuteAsync("delete from parked_receipts where parked_at < @before", stoppingToken, ("before", time.GetUtcNow() - KeptFor));
                }, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Parked receipts wait: {Error}", exception.Message);
            }
        }
    }

    /// <summary>Applies parked receipts whose message has become known, in the order they came.</summary>
    /// <param name="gatewayIds">The messages that have just become known; null looks at what was parked within the minute.</param>
    internal static async Task MatchAsync(Transaction transaction, DateTimeOffset now, string[]? gatewayIds, CancellationToken cancellation)
    {
        var matched = await transaction.QueryAsync(
            """
            delete from parked_receipts where receipt_id in (
                select p.receipt_id from parked_receipts p
                join messages m on m.store_id = p.store_id and m.instance_id = p.instance_id and m.gateway_message_id = p.gateway_message_id
            """ + (gatewayIds is null ? " where p.parked_at > @recently" : " where p.gateway_message_id = any(@ids)") + """
                limit 500)
            returning body, trace, parked_at
            """,
            row => (Receipt: JsonSerializer.Deserialize<GatewayReceipt>(row.GetString(0))!, Trace: row.GetStringOrNull(1), ParkedAt: row.GetTime(2)),
            cancellation, gatewayIds is null ? ("recently", now - TimeSpan.FromMinutes(1)) : ("ids", gatewayIds));
        if (matched.Count > 0)
            await ApplyReceipts.ApplyAsync([.. matched.OrderBy(row => row.ParkedAt).Select(row => new Received<GatewayReceipt>(row.Receipt, Spans.FromTraceparent(row.Trace)))],
                transaction, now, cancellation);
    }
}
