using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Partner;

/// <summary>Events of integrated partners: partner-events.txt.</summary>
internal sealed class PartnerRoute : ISourceRoute
{
    public string Source => Sources.Partner;

    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId) =>
        PartnerValidation.CheckKey(request) is { } unusable ? (null, unusable)
        : PartnerValidation.Check(body) is { } invalid ? (null, invalid)
        : (PartnerKey.Of(request, body, now, signedId), null);

    public IResult Answer(Accepted accepted) => accepted.Outcome == Outcome.Conflict
        ? Answers.Json(StatusCodes.Status409Conflict, """{"error":"Idempotency-Key já usada com outro conteúdo"}""")
        : Answers.Json(StatusCodes.Status200OK, $$"""{"status":"queued","id":"{{accepted.WebhookId}}"}""");
}

/// <summary>Its address.</summary>
internal static class PartnerEndpoint
{
    private static readonly PartnerRoute Route = new();

    /// <summary><c>POST /api/v1/partners/{partner}/events</c>; the key must be that partner's.</summary>
    public static void MapPartner(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/partners/{partner}/events", (HttpContext http, string partner, Reception reception) =>
                reception.TakeAsync(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Route, partner))
            .WithName("PartnerEvents").WithSummary("A partner reports an event.");
}
