using System.Text.Json.Serialization;
using Recado.Platform.Data;

namespace Recado.Normalizer.Quarantine;

/// <summary>What came of replaying many.</summary>
/// <param name="Replayed">Understood, now or at an earlier replay.</param>
/// <param name="StillQuarantined">Still not understood.</param>
/// <param name="Refused">Never replayed (<c>idempotency_conflict</c>), or ids that this store does not have.</param>
/// <param name="Remaining">Meant, but beyond what one request does: ask again with <paramref name="Next"/>.</param>
/// <param name="Next">The cursor to go on with; absent where nothing remains.</param>
internal sealed record ReplayCounts(
    int Replayed, int StillQuarantined, int Refused, long Remaining, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null)
{
    public static ReplayCounts operator +(ReplayCounts counts, IReadOnlyCollection<Attempt> attempts) => counts with
    {
        Replayed = counts.Replayed + attempts.Count(attempt => attempt.ReplayedAt is not null),
        StillQuarantined = counts.StillQuarantined + attempts.Count(attempt => attempt.Still is not null),
        Refused = counts.Refused + attempts.Count(attempt => attempt.IsRefused),
    };
}

/// <summary><c>POST /api/v1/quarantine/replay</c>. Each chunk commits by itself, oldest first, as the events had happened.</summary>
internal static class ReplayMany
{
    // Bodies are up to half a megabyte each, so a chunk is kept small enough for memory.
    private const int Chunk = 50;
    private const int MostChunks = 20;

    public static async Task<IResult> AnswerAsync(HttpContext http, ReaderCredentials credentials, NormalizerDatabase database, TimeProvider time)
    {
        if (credentials.StoreOf(http) is not { } store)
            return ReaderProblems.Unauthorized;
        var (request, problem) = await ReplayRequest.ReadAsync(http);
        if (problem is not null)
            return problem;
        var errors = new Dictionary<string, string[]>();
        var filter = QuarantineFilter.Read(request!.Source, request.Reason, request.From, request.To, errors);
        var cursor = Cursor.First;
        if (request.Cursor is { Length: > 0 } && !Cursor.TryParse(request.Cursor, out cursor))
            errors["cursor"] = ["Give the next of the answer before, unchanged."];
        if (errors.Count > 0)
            return ReaderProblems.Invalid(errors);
        var replay = new Rows(database.Of(store), store, time, http.RequestAborted);
        return TypedResults.Ok(request.Ids is { } ids ? await replay.ByIdAsync([.. ids.Distinct().Order()]) : await replay.ByFilterAsync(filter, cursor));
    }

    private sealed class Rows(StoreDatabase database, string store, TimeProvider time, CancellationToken cancellation)
    {
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
}
