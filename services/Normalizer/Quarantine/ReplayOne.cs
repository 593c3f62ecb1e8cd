using System.Text.Json.Serialization;
using Recado.Platform.Hosting;

namespace Recado.Normalizer.Quarantine;

/// <summary>What came of a replay.</summary>
/// <param name="Status"><c>replayed</c> or <c>still_quarantined</c>.</param>
/// <param name="ReplayedAt">When it was understood: the same, however often it is asked for.</param>
/// <param name="Reason">Why it is still not understood, one of <see cref="QuarantineReasons"/>.</param>
/// <param name="Field">The field that is about.</param>
internal sealed record ReplayedWebhook(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ReplayedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null);

/// <summary><c>POST /api/v1/quarantine/{webhookId}/replay</c>.</summary>
internal static class ReplayOne
{
    public static async Task<IResult> AnswerAsync(HttpContext http, Guid webhookId, ReaderCredentials credentials, NormalizerDatabase database, TimeProvider time)
    {
        if (credentials.StoreOf(http) is not { } store)
            return ReaderProblems.Unauthorized;
        var attempts = await database.Of(store).InTransactionAsync(async transaction =>
        {
            var rows = await transaction.QueryAsync(
                "select replayed_at, webhook from quarantine where store_id = @store and webhook_id = @id for update",
                QuarantineRow.Of, http.RequestAborted, ("store", store), ("id", webhookId));
            return Replay.TryAll(rows, transaction, Replay.Now(time));
        }, http.RequestAborted);
        return attempts switch
        {
            [] => ReadQuarantined.UnknownWebhook,
            [{ IsRefused: true }] => Problems.Of(StatusCodes.Status409Conflict, QuarantineReasons.IdempotencyConflict,
                "Its sender had used the same identity with another content; it never starts anything."),
            [{ Still: { } cause }] => TypedResults.Ok(new ReplayedWebhook("still_quarantined", null, cause.Reason, cause.Field)),
            [var attempt, ..] => TypedResults.Ok(new ReplayedWebhook("replayed", attempt.ReplayedAt)),
        };
    }
}
