using System.Text.Json;

namespace Recado.Ingest.Accepting;

/// <summary>What is particular to one source.</summary>
internal interface ISourceRoute
{
    /// <summary>Of <see cref="Contracts.Sources"/>: whose credentials are good here.</summary>
    string Source { get; }

    /// <summary>True for gateway callbacks, which may be larger.</summary>
    bool IsCallback => false;

    /// <summary>The identity of the fact, or the documented refusal where the document says that content is checked here.</summary>
    /// <param name="signedId">The <c>webhook-id</c> of a signed request; null where nothing is signed.</param>
    (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId);

    /// <summary>The documented answer to a stored webhook.</summary>
    IResult Answer(Accepted accepted);

    /// <summary>The answer to who may not come in, to a body that cannot be read, or not be stored in time.</summary>
    IResult Refuse(Refusal refusal) => Answers.Json(refusal.Status, $$"""{"error":"{{refusal.Code}}"}""");
}
