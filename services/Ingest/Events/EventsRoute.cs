using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Events;

/// <summary>Recado's own Events API, for shops and ERPs without a connector: events-api.txt.</summary>
internal sealed class EventsRoute : ISourceRoute
{
    public string Source => Sources.Events;

    /// <summary>The sender's stable id is the identity, also where the request is signed under a <c>webhook-id</c>: timelines are found by it.</summary>
    public (IdempotencyKey? Key, IResult? Invalid) Identify(HttpRequest request, JsonElement body, DateTimeOffset now, string? signedId) =>
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
        routes.MapPost("/api/v1/events", (HttpContext http, Reception reception) =>
                reception.TakeAsync(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Route))
            .WithName("Events").WithSummary("A shop or ERP reports an event.");
        routes.MapPost("/api/v1/events/batch", (HttpContext http, EventsBatch batch) =>
                batch.TakeAsync(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Route))
            .WithName("EventsBatch").WithSummary("A shop or ERP reports up to 500 events at once.");
    }
}
