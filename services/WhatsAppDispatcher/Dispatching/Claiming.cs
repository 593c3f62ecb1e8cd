using Recado.Platform.Data;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>
/// Takes what is due, for as long as the lease. Of a disconnected number nothing; of a paused one a single message, its
/// probe, when that is due and none is under way.
/// </summary>
internal static class Claiming
{
    /// <summary>At most so many, the longest due first.</summary>
    public static async Task<List<OutgoingMessage>> ClaimAsync(int limit, DispatcherOptions options, DateTimeOffset now, Transaction transaction, CancellationToken cancellation)
    {
        var (claim, lease) = (Guid.CreateVersion7(), now + options.Lease);
        var claimed = await ClaimProbesAsync(limit, claim, lease, now + options.ProbeEvery, now, transaction, cancellation);
        if (claimed.Count < limit)
            claimed.AddRange(await transaction.QueryAsync(
                $"""
                update messages set status = 'claimed', claim = @claim, lease_until = @lease, updated_at = @now
                where message_id in (
                    select message_id from messages m
                    where status = 'waiting' and due_at <= @now
                        and not exists (select 1 from instances i where i.store_id = m.store_id and i.instance_id = m.instance_id and not i.connected)
                        and not exists (select 1 from pauses p where p.store_id = m.store_id and p.instance_id = m.instance_id)
                    order by due_at limit @limit for update skip locked)
                returning {OutgoingMessage.Columns}
                """,
                OutgoingMessage.Map, cancellation, ("claim", claim), ("lease", lease), ("now", now), ("limit", limit - claimed.Count)));
        return claimed;
    }

    /// <param name="next">Of the probes after these, whatever becomes of these and of their process.</param>
    private static async Task<List<OutgoingMessage>> ClaimProbesAsync(int limit, Guid claim, DateTimeOffset lease, DateTimeOffset next, DateTimeOffset now, Transaction transaction, CancellationToken cancellation)
    {
        var due = await transaction.QueryAsync(
            """
            select p.store_id, p.instance_id, (
                select m.message_id from messages m
                where m.store_id = p.store_id and m.instance_id = p.instance_id and m.status = 'waiting' and m.due_at <= @now and m.expires_at > @now
                order by m.due_at limit 1)
            from pauses p
            where p.next_probe_at <= @now
                and not exists (select 1 from instances i where i.store_id = p.store_id and i.instance_id = p.instance_id and not i.connected)
                and not exists (select 1 from messages m where m.store_id = p.store_id and m.instance_id = p.instance_id and m.claim = p.probe and m.lease_until is not null)
            for update skip locked
            """,
            row => (Store: row.GetString(0), Instance: row.GetString(1), Message: row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2)), cancellation, ("now", now));
        var probes = due.Where(number => number.Message is not null).Take(limit).ToList();
        if (probes.Count == 0)
            return [];
        transaction.WriteEach(
            "update pauses set probe = @claim, next_probe_at = @next where store_id = @store and instance_id = @instance", probes,
            number => [("claim", claim), ("next", next), ("store", number.Store), ("instance", number.Instance)]);
        var claimed = await transaction.QueryAsync(
            $"""
            update messages set status = 'claimed', claim = @claim, lease_until = @lease, updated_at = @now
            where message_id = any(@ids) and status = 'waiting'
            returning {OutgoingMessage.Columns}
            """,
            OutgoingMessage.Map, cancellation, ("claim", claim), ("lease", lease), ("now", now), ("ids", probes.Select(number => number.Message!.Value).ToArray()));
        return [.. claimed.Select(message => message with { IsProbe = true })];
    }
}
