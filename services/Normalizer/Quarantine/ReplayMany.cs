using System.Text.Json.Serialization;

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

/// <summary><c>POST /api/v1/quarantine/replay</c>.</summary>
internal static class ReplayMany
{
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
        var replay = new ReplayRows(database.Of(store), store, time, http.RequestAborted);
        return TypedResults.Ok(request.Ids is { } ids ? await replay.ByIdAsync([.. ids.Distinct().Order()]) : await replay.ByFilterAsync(filter, cursor));
    }
}
