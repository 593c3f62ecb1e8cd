using System.ComponentModel;
using System.Text.Json.Serialization;
using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.Normalizer.Shapes;

/// <summary>What the sources send that their documents do not know. Nothing of it is an error: the webhooks were processed as far as they were understood.</summary>
internal sealed record DriftReport(IReadOnlyList<SourceDrift> Sources);

/// <summary>What is new in one source, the most frequent first. Counts are webhooks.</summary>
/// <param name="Source">One of <see cref="Contracts.Sources"/>.</param>
/// <param name="Other">How often there was more than is told apart.</param>
internal sealed record SourceDrift(
    string Source, IReadOnlyList<Novelty> NewFields, IReadOnlyList<Novelty> NewTypes, IReadOnlyList<Novelty> NewStatuses,
    IReadOnlyList<Novelty> NewNotifications, IReadOnlyList<Novelty> NewBlocks, long Other);

/// <summary>One thing that is new.</summary>
/// <param name="Path">Where, for example <c>payment.pix_boleto.expires_at</c>.</param>
/// <param name="Value">The unknown value of a known field, masked unless it looks like a constant; absent for fields and blocks.</param>
/// <param name="Example">What stood there first, as JSON, with <c>x</c> for letters and <c>9</c> for digits; absent where <paramref name="Value"/> says it.</param>
internal sealed record Novelty(
    string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value, long Count, DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Example);

/// <summary><c>GET /api/v1/drift</c>.</summary>
internal static class DriftEndpoint
{
    private sealed record Row(string Source, string Kind, Novelty Novelty);

    public static void MapDrift(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/drift", AnswerAsync).WithName("Drift").WithTags("Drift")
            .WithSummary("What the sources send that their documents do not know, with masked examples.")
            .Produces<DriftReport>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ReaderCredentials credentials, NormalizerDatabase database,
        [Description("wiapy, abandoned-cart, partner, events or ezapi; all where absent.")] string? source)
    {
        if (credentials.StoreOf(http) is not { } store)
            return ReaderProblems.Unauthorized;
        if (source is { Length: > 0 } && !Sources.All.Contains(source))
            return ReaderProblems.Invalid(new() { ["source"] = [$"Use one of {string.Join(", ", Sources.All)}."] });
        var rows = await database.Of(store).QueryAsync(
            """
            select source, kind, path, value, count, first_seen, last_seen, example from drift
            where store_id = @store and (@source = '' or source = @source) order by source, count desc, path, value
            """,
            row => new Row(row.GetString(0), row.GetString(1), NoveltyOf(row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetTime(5), row.GetTime(6), row.GetString(7))),
            http.RequestAborted, ("store", store), ("source", source ?? ""));
        return TypedResults.Ok(new DriftReport([.. rows.GroupBy(row => row.Source).Select(group => Tell(group.Key, group.ToLookup(row => row.Kind, row => row.Novelty)))]));
    }

    private static Novelty NoveltyOf(string path, string value, long count, DateTimeOffset first, DateTimeOffset last, string example) =>
        value.Length > 0 ? new(path, value, count, first, last, null) : new(path, null, count, first, last, example);

    private static SourceDrift Tell(string source, ILookup<string, Novelty> of) => new(
        source, [.. of[DriftKinds.Field]], [.. of[DriftKinds.Type]], [.. of[DriftKinds.Status]], [.. of[DriftKinds.Notification]], [.. of[DriftKinds.Block]],
        of[DriftKinds.Other].Sum(novelty => novelty.Count));
}
