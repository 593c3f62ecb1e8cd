using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Tests.Ingest;
using Recado.Tests.Platform;

namespace Recado.Tests.Corpus;

/// <summary>An event in a batch is judged as if it came alone, whatever stands beside it.</summary>
public sealed class BatchTests
{
    private const int Size = 250;

    [Test]
    public async Task A_batch_judges_each_event_of_the_corpus_as_the_single_route_does()
    {
        await using var ingest = await RunningIngest.StartAsync(Engine.Sqlite);
        var events = Events();
        var (accepted, rejected) = (0, 0);

        foreach (var chunk in events.Chunk(Size))
        {
            var alone = new List<string>();
            foreach (var body in chunk)
                alone.Add(Verdict(await ingest.EventsAsync(body, "alpha-events")));
            var together = await ingest.BatchAsync($$"""{"events":[{{string.Join(',', chunk)}}]}""", "beta-events");
            Assert.That(together.Status, Is.EqualTo(200), together.Body);
            var results = JsonNode.Parse(together.Body)!["results"]!.AsArray().Select(result => Verdict(result!)).ToList();
            Assert.That(results, Is.EqualTo(alone));
            accepted += results.Count(result => result == "accepted");
            rejected += results.Count(result => result != "accepted");
        }

        TestContext.Progress.WriteLine($"Batches: {events.Count} events, {accepted} accepted, {rejected} rejected");
        Assert.That(accepted, Is.GreaterThan(500), "batches show nothing if little is accepted");
        Assert.That(rejected, Is.GreaterThan(500), "nor if little is rejected");
    }

    /// <summary>The bodies of the corpus that a batch can hold: well-formed JSON, each with its own ids.</summary>
    private static List<string> Events()
    {
        var endpoint = new EventsEndpoint();
        return
        [
            .. Corpus.Of(endpoint).Select((@case, i) => @case.Make(new Person(8_000_000 + i)))
                .Where(request => request.Target == endpoint.Target && request is { Method: "POST", SaysLength: true, Body.Length: > 0 and < 16_000 } && request.Headers.Length == 3)
                .Select(request => request.Body).Where(IsStrictJson).Select(Encoding.UTF8.GetString).Distinct(),
        ];
    }

    /// <summary>What the whole envelope would be refused for is left out: broken JSON, a name twice, a lone surrogate.</summary>
    private static bool IsStrictJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false, MaxDepth = 12 });
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Verdict(Answer alone) => alone.Status == 200 ? "accepted" : Verdict(JsonNode.Parse(alone.Body)!);

    private static string Verdict(JsonNode told) => told["status"]?.ToString() == "accepted" ? "accepted" : $"{told["code"]} {told["errors"]?.ToJsonString()}";
}
