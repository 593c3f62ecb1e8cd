using Recado.Platform.Data;

namespace Recado.Normalizer.Quarantine;

/// <summary>Tries quarantined webhooks of one store again, a chunk at a time. Each chunk commits by itself, oldest first, as the events had happened.</summary>
internal sealed class ReplayRows(StoreDatabase database, string store, TimeProvider time, CancellationToken cancellation)
{
    // Bodies are up to half a megabyte each, so a chunk is kept small enough for memory.
    private const int Chunk = 50;
    private const int MostChunks = 20;

    public async Task<ReplayCounts> ByIdAsync(Guid[] ids)
    {
        var (counts, found) = (new ReplayCounts(0, 0, 0, 0), 0);
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var attempts = await TryAsync(
                "select replayed_at, webhook from quarantine where store_id = @store and webhook_id = any(@ids) order by received_at, webhook_id for update",
                ("store", store), ("ids", chunk));
            (counts, found) = (counts + attempts, found + attempts.Count);
        }
        return counts with { Refused = counts.Refused + ids.Length - found };
    }

    public async Task<ReplayCounts> ByFilterAsync(QuarantineFilter filter, Cursor cursor)
    {
        var counts = new ReplayCounts(0, 0, 0, 0);
        for (var chunk = 0; chunk < MostChunks; chunk++)
        {
            var attempts = await TryAsync($"select replayed_at, webhook {Meant} order by received_at, webhook_id limit {Chunk} for update", Arguments(filter, cursor));
            if (attempts.Count == 0)
                break;
            counts += attempts;
            cursor = new(attempts[^1].Webhook.ReceivedAt, attempts[^1].Webhook.WebhookId);
        }
        // Not taken for granted after an empty chunk: another replay may have held its rows.
        var remaining = (await database.QueryAsync($"select count(*) {Meant}", row => row.GetInt64(0), cancellation, Arguments(filter, cursor))).Single();
        return counts with { Remaining = remaining, Next = remaining > 0 ? cursor.ToString() : null };
    }

    private const string Meant =
        """
        from quarantine
        where store_id = @store and replayed_at is null and (@source = '' or source = @source) and (@reason = '' or reason = @reason)
          and received_at >= @from and received_at < @to and (received_at, webhook_id) > (@at, @id)
        """;

    private (string, object?)[] Arguments(QuarantineFilter filter, Cursor after) =>
        [("store", store), .. filter.Arguments, ("at", after.At), ("id", after.WebhookId)];

    private Task<List<Attempt>> TryAsync(string sql, params (string, object?)[] arguments) =>
        database.InTransactionAsync(async transaction =>
            Replay.TryAll(await transaction.QueryAsync(sql, QuarantineRow.Of, cancellation, arguments), transaction, Replay.Now(time)),
            cancellation);
}
