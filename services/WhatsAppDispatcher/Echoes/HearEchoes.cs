using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.WhatsAppDispatcher.Echoes;

/// <summary>A message of the shop's own came back: one that nobody knows by its gateway id is kept as evidence, by its fingerprint only.</summary>
public sealed class HearEchoes(TimeProvider time) : IHandle<MessageEchoed>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<MessageEchoed>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var echoes = messages.Select(received => received.Message).ToList();
        var known = (await transaction.QueryAsync(
            "select store_id, instance_id, gateway_message_id from messages where store_id = any(@stores) and instance_id = any(@instances) and gateway_message_id = any(@ids)",
            row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellation,
            ("stores", echoes.Select(echo => echo.StoreId).Distinct().ToArray()), ("instances", echoes.Select(echo => echo.InstanceId).Distinct().ToArray()), ("ids", echoes.Select(echo => echo.GatewayMessageId).Distinct().ToArray()))).ToHashSet();
        var unknown = echoes.Where(echo => !known.Contains((echo.StoreId, echo.InstanceId, echo.GatewayMessageId))).ToList();
        transaction.Write(
            """
            insert into echoes (store_id, instance_id, gateway_message_id, fingerprint, occurred_at, parked_at)
            values (@store, @instance, @gateway, @fingerprint, @at, @now) on conflict do nothing
            """,
            new Columns<MessageEchoed>([.. unknown.Where(echo => echo.Phone is not null).OrderBy(echo => (echo.StoreId, echo.InstanceId, echo.GatewayMessageId))])
            {
                { "store", echo => echo.StoreId }, { "instance", echo => echo.InstanceId }, { "gateway", echo => echo.GatewayMessageId },
                { "fingerprint", echo => Fingerprint.Of(echo.Phone!, echo.Text) }, { "at", echo => echo.OccurredAt }, { "now", now },
            });
        EchoCounts.Add("known", echoes.Except(unknown).Select(echo => echo.StoreId), transaction, now);
        EchoCounts.Add("no_phone", unknown.Where(echo => echo.Phone is null).Select(echo => echo.StoreId), transaction, now);
    }
}
