using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Receipts;

namespace Recado.WhatsAppDispatcher.Echoes;

/// <summary>
/// Every second: an uncertain send of which an echo came is sent. An echo may come before its send is uncertain (the
/// gateway took it, and the answer timed out), so echoes wait here, 72 h at most.
/// </summary>
public sealed class SettleUncertain(DispatcherDatabase database, TimeProvider time, ILogger<SettleUncertain> log) : BackgroundService
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(72);
    private static readonly TimeSpan SendsEndWithin = TimeSpan.FromMinutes(5);

    // Longer than echoes can be held up on their way here, so that doubts nobody settled cost nothing for ever.
    private static readonly TimeSpan SendsLookedAt = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.InTransactionAsync(transaction => SettleAsync(transaction, time.GetUtcNow(), stoppingToken), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Uncertain messages wait: {Error}", exception.Message);
            }
        }
    }

    private static async Task SettleAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        var inDoubt = await LockInDoubtAsync(transaction, now, cancellation);
        if (inDoubt.Count > 0)
        {
            var proved = Evidence.Match(inDoubt, await UnknownEchoesAsync(inDoubt, transaction, cancellation));
            Save(proved, transaction, now);
            var parked = ParkedReceipts.Ask(transaction, now, [.. proved.Select(each => each.Echo.GatewayMessageId)]);
            await transaction.AskAsync(cancellation);
            await ParkedReceipts.ApplyAsync(parked.Rows, transaction, now, cancellation);
        }
        await ForgetAsync(transaction, now, cancellation);
    }

    /// <summary>Locks what an echo might speak of, those under way too: their outcome is not recorded while we decide.</summary>
    private static Task<List<InDoubt>> LockInDoubtAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellation) => transaction.QueryAsync(
        """
        select message_id, store_id, instance_id, journey_id, event_id, status, armed_at, fingerprint, trace from messages
        where status in ('sending', 'uncertain') and armed_at > @since and exists (
            select 1 from echoes e
            where e.store_id = messages.store_id and e.instance_id = messages.instance_id and e.fingerprint = messages.fingerprint)
        order by message_id for update
        """,
        row => new InDoubt(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), row.GetTime(6), row.GetString(7), row.GetStringOrNull(8)),
        cancellation, ("since", now - SendsLookedAt));

    private static Task<List<ParkedEcho>> UnknownEchoesAsync(List<InDoubt> inDoubt, Transaction transaction, CancellationToken cancellation) => transaction.QueryAsync(
        """
        select store_id, instance_id, gateway_message_id, fingerprint, occurred_at from echoes
        where store_id = any(@stores) and fingerprint = any(@fingerprints) and not exists (
            select 1 from messages m
            where m.store_id = echoes.store_id and m.instance_id = echoes.instance_id and m.gateway_message_id = echoes.gateway_message_id)
        """,
        row => new ParkedEcho(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetTime(4)), cancellation,
        ("stores", inDoubt.Select(message => message.StoreId).Distinct().ToArray()), ("fingerprints", inDoubt.Select(message => message.Fingerprint).Distinct().ToArray()));

    private static void Save(IReadOnlyList<(InDoubt Message, ParkedEcho Echo)> proved, Transaction transaction, DateTimeOffset now)
    {
        transaction.WriteEach(
            "update messages set status = 'sent', gateway_message_id = @gateway, reason = null, told_at = @now, updated_at = @now where message_id = @id and status = 'uncertain'",
            proved, each => [("gateway", each.Echo.GatewayMessageId), ("now", now), ("id", each.Message.MessageId)]);
        transaction.WriteEach("delete from echoes where store_id = @store and instance_id = @instance and gateway_message_id = @gateway",
            proved, each => [("store", each.Echo.StoreId), ("instance", each.Echo.InstanceId), ("gateway", each.Echo.GatewayMessageId)]);
        foreach (var (message, echo) in proved)
            transaction.Publish(StatusNews.Of(message.MessageId, message.StoreId, message.JourneyId, message.EventId, MessageStatuses.Sent, now,
                detail: "echo", gatewayMessageId: echo.GatewayMessageId), Spans.FromTraceparent(message.Trace));
        DispatcherMetrics.CountSends(proved.Select(_ => (DispatcherMetrics.Settled, (string?)null)), transaction);
        EchoCounts.Add("settled", proved.Select(each => each.Message.StoreId), transaction, now);
    }

    /// <summary>An echo that was faster than the answer to its send is known by now; one that nothing needed for long proves nothing.</summary>
    private static async Task ForgetAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = transaction.Ask(
            """
            delete from echoes where parked_at > @recently and exists (
                select 1 from messages m
                where m.store_id = echoes.store_id and m.instance_id = echoes.instance_id and m.gateway_message_id = echoes.gateway_message_id)
            returning store_id
            """, row => row.GetString(0), ("recently", now - SendsEndWithin));
        var unmatched = transaction.Ask("delete from echoes where parked_at < @before returning store_id", row => row.GetString(0), ("before", now - KeptFor));
        await transaction.AskAsync(cancellation);
        EchoCounts.Add("known", known.Rows, transaction, now);
        EchoCounts.Add("unmatched", unmatched.Rows, transaction, now);
    }
}
