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
        EventValidation.Check(body) is { Count: > 0 } errors ? (null, EventProblems.Invalid("invalid_event", errors)) : (KeyOf(body), null);

    /// <summary>The key of a valid event.</summary>
    public static IdempotencyKey KeyOf(JsonElement body) =>
        new(WebhookIds.EventFields(body.Text("id")!), IdempotencyKey.Lasting, OtherBody.IsRefused);

    public IResult Answer(Accepted accepted) => accepted.Outcome == Outcome.Conflict
        ? EventProblems.Of(StatusCodes.Status409Conflict, EventProblems.IdConflict)
        : Answers.Json(StatusCodes.Status200OK, $$"""{"status":"accepted","id":"{{accepted.WebhookId}}"}""");

    public IResult Refuse(Refusal refusal) => EventProblems.Of(refusal.Status, refusal.Code);
}

/// <summary>Its addresses.</summary>
internal static class EventsEndpoint
{
    private static readonly EventsRoute Route = new();

    /// <summary><c>POST /api/v1/events</c> and <c>POST /api/v1/events/batch</c>.</summary>
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/events", (HttpContext http, SenderCredentials credentials, Reception reception) =>
                AuthorizedAsync(http, credentials, credential => reception.TakeAsync(http, credential, Route)))
            .WithName("Events").WithSummary("A shop or ERP reports an event.");
        routes.MapPost("/api/v1/events/batch", (HttpContext http, SenderCredentials credentials, EventsBatch batch) =>
                AuthorizedAsync(http, credentials, credential => batch.TakeAsync(http, credential)))
            .WithName("EventsBatch").WithSummary("A shop or ERP reports up to 500 events at once.");
    }

    private static async Task<IResult> AuthorizedAsync(HttpContext http, SenderCredentials credentials, Func<Credential, Task<IResult>> take) =>
        credentials.Find(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Sources.Events) is { } credential
            ? await take(credential)
            : EventProblems.Of(StatusCodes.Status401Unauthorized, "unauthorized");
}
