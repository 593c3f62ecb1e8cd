using System.Text.Json.Serialization;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>The answer to a batch.</summary>
/// <param name="Accepted">How many events are stored, repeats included.</param>
/// <param name="Rejected">How many are not; sending those again as they are changes nothing.</param>
/// <param name="Results">One for each event, in the order of the batch.</param>
internal sealed record BatchAnswer(int Accepted, int Rejected, IReadOnlyList<BatchResult> Results)
{
    public static BatchAnswer Of(IReadOnlyList<BatchResult> results)
    {
        var accepted = results.Count(result => result.Code is null);
        return new(accepted, results.Count - accepted, [.. results.OrderBy(result => result.Index)]);
    }
}

/// <summary>What became of one event of a batch.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Status"><c>accepted</c> or <c>rejected</c>.</param>
/// <param name="Id">The id by which its timeline is found; only where accepted.</param>
/// <param name="Replay">True where it had been accepted before; else absent.</param>
/// <param name="Code">Why it was rejected: <c>invalid_event</c>, <c>id_conflict</c>, <c>body_too_large</c> or <c>too_complex</c>.</param>
/// <param name="Errors">For <c>invalid_event</c>, what is wrong by field.</param>
internal sealed record BatchResult(int Index, string Status, Guid? Id = null, bool? Replay = null, string? Code = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public static BatchResult Of(int index, Accepted accepted) => accepted.Outcome switch
    {
        Outcome.Conflict => Refused(index, EventProblems.IdConflict),
        Outcome.Repeat => new(index, "accepted", accepted.WebhookId, Replay: true),
        _ => new(index, "accepted", accepted.WebhookId),
    };

    public static BatchResult Refused(int index, string code, IReadOnlyDictionary<string, string[]>? errors = null) =>
        new(index, "rejected", Code: code, Errors: errors);
}

/// <summary>Writes the answer: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchAnswer))]
internal sealed partial class BatchJson : JsonSerializerContext;
