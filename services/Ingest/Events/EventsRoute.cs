using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Events;

/// <summary>Recado's own Events API, for shops and ERPs without a connector: events-api.txt.</summary>
internal sealed class EventsRoute : ISourceRoute
{
    /// <summary>The sender's stable id is the identity.</summary>
    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now) =>
        EventValidation.Check(body) is { Count: > 0 } errors
            ? (null, TypedResults.ValidationProblem(errors, title: "The event is not valid.", extensions: new Dictionary<string, object?> { ["code"] = "invalid_event" }))
            : (new(["event", body.Text("id")!], IdempotencyKey.Lasting, OtherBody.IsRefused), null);

    public IResult Answer(Accepted accepted) => accepted.Outcome == Outcome.Conflict
        ? Problem(StatusCodes.Status409Conflict, "id_conflict", "This id was already used with another content.")
        : Answers.Json(StatusCodes.Status200OK, $$"""{"status":"accepted","id":"{{accepted.WebhookId}}"}""");

    public IResult Refuse(Refusal refusal) => Problem(refusal.Status, refusal.Code, "The body cannot be read.");

    public static IResult Problem(int status, string code, string title) =>
        TypedResults.Problem(statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code });
}

/// <summary>Its address.</summary>
internal static class EventsEndpoint
{
    private static readonly EventsRoute Route = new();

    /// <summary><c>POST /api/v1/events</c>.</summary>
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/events", async (HttpContext http, SenderCredentials credentials, Reception reception) =>
                credentials.Find(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Sources.Events) is { } credential
                    ? await reception.TakeAsync(http, credential, Route)
                    : EventsRoute.Problem(StatusCodes.Status401Unauthorized, "unauthorized", "Show the store's key as a bearer token."))
            .WithName("Events").WithSummary("A shop or ERP reports an event.");
}
