using Recado.Platform.Data;
using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.WhatsAppDispatcher.Pausing;

/// <summary>
/// Begins, renews and ends pauses, in the transaction that records the sends. The table is what all replicas go by.
/// A pause is ended by its probe alone: what else succeeds was under way when it began.
/// </summary>
internal static class PausedNumbers
{
    /// <summary>Draws the conclusions of these sends for their numbers; costs nothing where there are none.</summary>
    public static async Task FollowAsync(IReadOnlyList<Ended> batch, TimeSpan probeEvery, Transaction transaction, DateTimeOffset now, ILogger log, CancellationToken cancellation)
    {
        foreach (var number in batch.GroupBy(ended => (ended.Message.StoreId, ended.Message.InstanceId)).OrderBy(number => number.Key))
        {
            var (store, instance) = number.Key;
            if (NumberPause.After(number.Select(ended => ended.Outcome), probeEvery, now) is { } pause)
            {
                if (await BeginAsync(store, instance, pause, transaction, now, cancellation))
                    transaction.OnCommitted(() => SayBegun(log, store, instance, pause));
                else
                    await RenewAsync(store, instance, pause, transaction, cancellation);
            }
            else if (number.FirstOrDefault(ended => ended.Message.IsProbe) is { } probe && await EndAsync(probe, transaction, cancellation) is { } over)
                transaction.OnCommitted(() => SayEnded(log, store, instance, over.Reason, now - over.BeganAt));
        }
    }

    /// <summary>Other settings deserve another try at once: one, not all. What is no longer in the bundle rests no more: its messages fail.</summary>
    public static async Task SettingsChangedAsync(string store, string[] changed, string[] kept, Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync("update pauses set next_probe_at = @now where store_id = @store and instance_id = any(@changed) and next_probe_at > @now",
            cancellation, ("now", now), ("store", store), ("changed", changed));
        await transaction.ExecuteAsync("delete from pauses where store_id = @store and not (instance_id = any(@kept))", cancellation, ("store", store), ("kept", kept));
    }

    /// <summary>True when the number was not paused; what had been claimed of it and was not armed yet goes back.</summary>
    private static async Task<bool> BeginAsync(string store, string instance, NumberPause pause, Transaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        var begun = await transaction.ExecuteAsync(
            """
            insert into pauses (store_id, instance_id, reason, began_at, next_probe_at) values (@store, @instance, @reason, @now, @next)
            on conflict do nothing
            """, cancellation, ("store", store), ("instance", instance), ("reason", pause.Reason), ("now", now), ("next", pause.NextProbeAt));
        if (begun == 1)
            await transaction.ExecuteAsync(
                """
                update messages set status = 'waiting', lease_until = null, updated_at = @now
                where message_id in (
                    select message_id from messages
                    where store_id = @store and instance_id = @instance and status = 'claimed' and lease_until is not null for update skip locked)
                """, cancellation, ("now", now), ("store", store), ("instance", instance));
        return begun == 1;
    }

    /// <summary>Never shortens: a late word of a send that was under way brings no probe forward.</summary>
    private static Task RenewAsync(string store, string instance, NumberPause pause, Transaction transaction, CancellationToken cancellation) => transaction.ExecuteAsync(
        """
        update pauses set next_probe_at = greatest(next_probe_at, @next), reason = case when @reason = 'token_refused' then @reason else reason end
        where store_id = @store and instance_id = @instance
        """, cancellation, ("next", pause.NextProbeAt), ("reason", pause.Reason), ("store", store), ("instance", instance));

    /// <summary>Which pause it was; null where it goes on, or is another message's to end.</summary>
    private static async Task<(string Reason, DateTimeOffset BeganAt)?> EndAsync(Ended probe, Transaction transaction, CancellationToken cancellation)
    {
        var over = await transaction.QueryAsync(
            "delete from pauses where store_id = @store and instance_id = @instance and probe = @claim and reason = any(@reasons) returning reason, began_at",
            row => (row.GetString(0), row.GetTime(1)), cancellation, ("store", probe.Message.StoreId), ("instance", probe.Message.InstanceId),
            ("claim", probe.Message.Claim), ("reasons", NumberPause.EndedBy(probe.Outcome)));
        return over.Count == 1 ? over[0] : null;
    }

    private static void SayBegun(ILogger log, string store, string instance, NumberPause pause)
    {
        if (pause.Reason == NumberPause.TokenRefused)
            log.LogWarning("Number {Instance} of store {Store} is paused: the gateway refuses its token. One message at a time tries again", instance, store);
        else
            log.LogInformation("Number {Instance} of store {Store} is paused until {Until:O}: the gateway asked for it", instance, store, pause.NextProbeAt);
    }

    private static void SayEnded(ILogger log, string store, string instance, string reason, TimeSpan after) => log.Log(
        reason == NumberPause.TokenRefused ? LogLevel.Warning : LogLevel.Information,
        "Number {Instance} of store {Store} is no longer paused ({Reason}), after {After:c}", instance, store, reason, after);
}
