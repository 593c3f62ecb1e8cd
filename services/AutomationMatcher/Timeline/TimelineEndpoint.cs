using System.Data.Common;
using Recado.Contracts;
using Recado.Platform.Credentials;
using Recado.Platform.Data;
using Recado.Platform.Hosting;

namespace Recado.AutomationMatcher.Timeline;

/// <summary>What became of an event.</summary>
internal static class TimelineEndpoint
{
    /// <summary>The answer of <c>GET /api/v1/events/{id}</c>.</summary>
    /// <param name="Id">As asked: the id given at acceptance, or one event's own.</param>
    /// <param name="Status">Where the newest entry stands.</param>
    internal sealed record EventTimeline(Guid Id, string Status, IReadOnlyList<Told> Events, IReadOnlyList<Line> Timeline);

    internal sealed record Told(Guid EventId, string Type, string Source, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt);

    internal sealed record Line(DateTimeOffset At, string What, string? Automation, Guid? MessageId, string? Reason, string? Detail, string? GatewayMessageId, string? TraceId);

    /// <summary>
    /// <c>GET /api/v1/events/{id}</c> with a key of the store (Events API or partner), and
    /// <c>GET /api/v1/events?externalId=…</c> with its Events API key: a partner could guess what others call their events.
    /// </summary>
    public static void MapTimeline(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/events/{id:guid}", (HttpContext http, Guid id, ReaderCredentials credentials, MatcherDatabase database) =>
                credentials.Find(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Sources.Events, Sources.Partner) is { } credential
                    ? ReadAsync(http, id, credential, database)
                    : Task.FromResult(Unauthorized("Show a key of the store as a bearer token.")))
            .WithName("Timeline").WithSummary("What became of an event, line by line.");
        routes.MapGet("/api/v1/events", (HttpContext http, ReaderCredentials credentials, MatcherDatabase database) =>
                credentials.Find(http, CredentialBook.TokenOf(http.Request, bearerOnly: true), Sources.Events) is { } credential
                    ? FindAsync(http, credential, database)
                    : Task.FromResult(Unauthorized("Show the store's Events API key as a bearer token.")))
            .WithName("TimelineByExternalId").WithSummary("The same, found by the id that the sender gave the event.");
    }

    private static Task<IResult> FindAsync(HttpContext http, Credential credential, MatcherDatabase database) =>
        http.Request.Query["externalId"] is [{ Length: > 0 } externalId]
            ? ReadAsync(http, WebhookIds.OfEvent(credential.StoreId, credential.Channel, externalId), credential, database)
            : Task.FromResult(Problems.Invalid("invalid_query", "The query is not valid.", new() { ["externalId"] = ["Required: the id that you gave the event, given once."] }));

    private static async Task<IResult> ReadAsync(HttpContext http, Guid id, Credential credential, MatcherDatabase database)
    {
        var store = database.Of(credential.StoreId);
        var events = await store.QueryAsync(
            """
            select event_id, type, source, occurred_at, received_at from events
            where store_id = @store and (event_id = @id or webhook_id = @id) order by event_id
            """,
            row => new Told(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetTime(3), row.GetTime(4)),
            http.RequestAborted, ("store", credential.StoreId), ("id", id));
        var lines = await store.QueryAsync(
            """
            select at, what, automation_id, message_id, reason, detail, gateway_message_id, trace_id from timeline
            where store_id = @store and event_id = any(@ids) order by recorded_at
            """,
            MapLine, http.RequestAborted, ("store", credential.StoreId), ("ids", events.Select(told => told.EventId).Append(id).ToArray()));
        return lines.Count == 0
            ? Problems.Of(StatusCodes.Status404NotFound, "unknown_event", "No such event in this store, or it is still on its way.")
            : TypedResults.Ok(Tell(id, events, lines));
    }

    /// <summary>What one decision wrote bears one time; within it the order of life decides.</summary>
    private static EventTimeline Tell(Guid id, List<Told> events, List<Line> lines)
    {
        lines = [.. lines.OrderBy(line => line.At).ThenBy(line => Array.IndexOf(TimelineEntry.OrderOfLife, line.What))];
        return new(id, lines[^1].What, events, lines);
    }

    private static Line MapLine(DbDataReader row) => new(row.GetTime(0), row.GetString(1), row.GetStringOrNull(2),
        row.GetOrNull<Guid>(3), row.GetStringOrNull(4), row.GetStringOrNull(5), row.GetStringOrNull(6), row.GetStringOrNull(7));

    private static IResult Unauthorized(string title) => Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", title);
}
