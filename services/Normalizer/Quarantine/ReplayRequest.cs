using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Recado.Platform.Hosting;

namespace Recado.Normalizer.Quarantine;

/// <summary>What to replay: <see cref="Ids"/>, or at least one of the filters. Another field is refused: a filter that is misspelt would replay everything.</summary>
/// <param name="From">ISO 8601: arrived then or later.</param>
/// <param name="To">ISO 8601: arrived before.</param>
/// <param name="Ids">1 to 500 webhooks.</param>
/// <param name="Cursor">The <c>next</c> of the answer before, to go on where it ended; with the same filters.</param>
internal sealed record ReplayRequest(
    string? Source = null, string? Reason = null, string? From = null, string? To = null, IReadOnlyList<Guid>? Ids = null, string? Cursor = null)
{
    public const int MostIds = 500;
    private const int LargestBody = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 3,
    };

    /// <summary>Reads it from a request, or says what is wrong.</summary>
    public static async Task<(ReplayRequest? Request, IResult? Problem)> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestBody;
        try
        {
            var request = await JsonSerializer.DeserializeAsync<ReplayRequest>(http.Request.Body, Strict, http.RequestAborted);
            return request is null ? (null, Wrong("$", "Give a JSON object.")) : (request, request.Problem());
        }
        catch (JsonException wrong)
        {
            return (null, Wrong(FieldOf(wrong), "This is not the JSON that was expected here: see /openapi/v1.json."));
        }
        catch (BadHttpRequestException wrong)
        {
            return (null, Problems.Of(wrong.StatusCode, wrong.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "incomplete_body", "The body cannot be read."));
        }
    }

    private IResult? Problem()
    {
        var hasFilter = new[] { Source, Reason, From, To }.Any(filter => filter is { Length: > 0 });
        return (hasFilter, Ids) switch
        {
            (false, null) => Wrong("$", "Give ids, or at least one of source, reason, from and to."),
            (true, not null) => Wrong("ids", "Give either ids or filters."),
            (_, { Count: 0 or > MostIds }) => Wrong("ids", $"Give 1 to {MostIds} ids."),
            _ => null,
        };
    }

    private static IResult Wrong(string field, string what) => ReaderProblems.Invalid(new() { [field] = [what] });

    // "$.ids[2]" is ids.
    private static string FieldOf(JsonException wrong) =>
        wrong.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..].Split('[', '.')[0] : "$";
}
