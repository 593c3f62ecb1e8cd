using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recado.Ingest.Accepting;
using Recado.Ingest.Entrance;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Events;

/// <summary>Many events in one request, each accepted or rejected on its own.</summary>
internal sealed class EventsBatch(Reception reception, Door door, AcceptWebhooks webhooks, IOptions<IngestOptions> options)
{
    private const int MostEvents = 500;

    /// <summary>One event of the batch: what to store, or why not.</summary>
    private sealed record Item(int Index, string? Id, Incoming? Webhook, BatchResult? Rejected);

    /// <summary>Answers when all that is valid is committed. After a 503 some may be: the same batch again changes nothing about those.</summary>
    public Task<IResult> TakeAsync(HttpContext http, string? token, EventsRoute route) =>
        reception.EnterAsync(http, token, route, channel: null, options.Value.MaxBatchBytes, JsonLimits.OfBatches, async arrival =>
        {
            if (FaultOf(arrival.Root) is { } fault)
            {
                IngestMetrics.Refuse(route.Source, "invalid_batch");
                return EventProblems.Invalid("invalid_batch", new() { [fault.Field] = [fault.Error] });
            }
            var events = arrival.Root.Get("events");
            if (door.Count(arrival.Credential, events.GetArrayLength() - 1) is { } tooMany) // the request itself counts as one
                return Reception.Refuse(http, route, tooMany);
            var items = events.EnumerateArray().Select((item, i) => Judge(i, item, arrival.Credential)).ToList();
            var results = items.Where(item => item.Rejected is not null).Select(item => item.Rejected!).ToList();
            foreach (var rejected in results)
                IngestMetrics.Refuse(route.Source, rejected.Code!);
            foreach (var round in Rounds(items))
                results.AddRange(round.Zip(await webhooks.AcceptAllAsync([.. round.Select(item => item.Webhook!)]), (item, accepted) => BatchResult.Of(item.Index, accepted)));
            return TypedResults.Json(BatchAnswer.Of(results), BatchJson.Default.BatchAnswer);
        });

    private static (string Field, string Error)? FaultOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return ("", "The batch must be a JSON object with a list \"events\".");
        if (root.Get("events") is not { ValueKind: JsonValueKind.Array } events)
            return ("events", "A list of events is required.");
        return events.GetArrayLength() is > 0 and <= MostEvents ? null : ("events", $"Must hold 1 to {MostEvents} events.");
    }

    private Item Judge(int index, JsonElement body, Credential credential)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(body);
        if (bytes.Length > options.Value.MaxBodyBytes)
            return new(index, null, null, BatchResult.Refused(index, "body_too_large"));
        if (!JsonLimits.OfWebhooks.Allow(bytes))
            return new(index, null, null, BatchResult.Refused(index, "too_complex"));
        if (EventValidation.Check(body) is { Count: > 0 } errors)
            return new(index, null, null, BatchResult.Refused(index, "invalid_event", errors));
        return new(index, body.Text("id"), reception.Incoming(credential, bytes.ToArray(), EventsRoute.KeyOf(body)), null);
    }

    /// <summary>The first event of every id, then the second ones: which of two is the repeat is decided by their order.</summary>
    private static IEnumerable<List<Item>> Rounds(List<Item> items) =>
        items.Where(item => item.Webhook is not null)
            .GroupBy(item => item.Id)
            .SelectMany(same => same.Select((item, nth) => (Item: item, Nth: nth)))
            .GroupBy(each => each.Nth, each => each.Item)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());
}
