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
                    var parked = Ask(transaction, time.GetUtcNow(), null);
                    transaction.Write("delete from parked_receipts where parked_at < @before", ("before", time.GetUtcNow() - KeptFor));
                    await transaction.AskAsync(stoppingToken);
                    await ApplyAsync(parked.Rows, transaction, time.GetUtcNow(), stoppingToken);
                }, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Parked receipts wait: {Error}", exception.Message);
            }
        }
    }

    /// <summary>Takes parked receipts whose message has become known.</summary>
    /// <param name="gatewayIds">The messages that have just become known; null looks at what was parked within the minute.</param>
    internal static Answer<ParkedReceipt> Ask(Transaction transaction, DateTimeOffset now, string[]? gatewayIds) =>
        transaction.Ask(
            """
            delete from parked_receipts where receipt_id in (
                select p.receipt_id from parked_receipts p
                join messages m on m.store_id = p.store_id and m.instance_id = p.instance_id and m.gateway_message_id = p.gateway_message_id
            """ + (gatewayIds is null ? " where p.parked_at > @recently" : " where p.gateway_message_id = any(@ids)") + """
                limit 500)
            returning body, trace, parked_at
            """,
            row => new ParkedReceipt(JsonSerializer.Deserialize<GatewayReceipt>(row.GetString(0))!, row.GetStringOrNull(1), row.GetTime(2)),
            gatewayIds is null ? ("recently", now - TimeSpan.FromMinutes(1)) : ("ids", gatewayIds));

    /// <summary>Applies them in the order they came.</summary>
    internal static async Task ApplyAsync(IReadOnlyCollection<ParkedReceipt> parked, Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        if (parked.Count > 0)
            await ApplyReceipts.ApplyAsync([.. parked.OrderBy(row => row.ParkedAt).Select(row => new Received<GatewayReceipt>(row.Receipt, Spans.FromTraceparent(row.Trace)))],
                transaction, now, cancellation);
    }
}

/// <summary>A receipt that waited for its message.</summary>
internal sealed record ParkedReceipt(GatewayReceipt Receipt, string? Trace, DateTimeOffset ParkedAt);
