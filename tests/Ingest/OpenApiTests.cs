using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>The document at /openapi/v1.json tells all about Ingest's routes, and tells the truth.</summary>
[TestFixture(Engine.Sqlite)]
public sealed partial class OpenApiTests(Engine engine) : IngestFixture(engine)
{
    private static readonly Dictionary<string, (string Address, string? Authorization)> Senders = new()
    {
        ["/api/v1/events"] = ("/api/v1/events", "Bearer alpha-events"),
        ["/api/v1/events/batch"] = ("/api/v1/events/batch", "Bearer alpha-events"),
        ["/api/v1/partners/{partner}/events"] = ("/api/v1/partners/abacate/events", "Bearer alpha-abacate"),
        ["/webhooks/wiapy"] = ("/webhooks/wiapy", "alpha-wiapy"),
        ["/webhooks/abandoned-cart"] = ("/webhooks/abandoned-cart", "alpha-cart"),
        ["/webhooks/abandoned-cart/{token}"] = ("/webhooks/abandoned-cart/alpha-cart", null),
        ["/webhooks/ezapi/{token}"] = ("/webhooks/ezapi/alpha-ezapi", null),
    };

    private JsonNode document = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        using var answer = await Ingest.SendAsync(new(HttpMethod.Get, "/openapi/v1.json"));
        document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    [Test]
    public void Every_route_is_there() =>
        Assert.That(document["paths"]!.AsObject().Select(path => path.Key), Is.EquivalentTo(Senders.Keys.Append("/schemas/events/v1.json")));

    [Test]
    public void Every_route_has_a_summary_a_body_with_schema_and_examples_all_its_answers_and_its_credential()
    {
        foreach (var path in Senders.Keys)
        {
            var operation = document["paths"]![path]!["post"]!;
            var body = operation["requestBody"]!["content"]!["application/json"]!;
            Assert.That(((string?)operation["summary"], Resolved(body["schema"]!) is null, body["examples"]!.AsObject().Count > 0), Is.EqualTo((operation["summary"]!.ToString(), false, true)), path);
            Assert.That(operation["responses"]!.AsObject().Select(answer => answer.Key), Is.SupersetOf(new[] { "200", "400", "401", "413", "415", "503" }), path);
            Assert.That(operation["responses"]!.AsObject().ContainsKey("429"), Is.EqualTo(path.StartsWith("/api/", StringComparison.Ordinal)), path);
            Assert.That(operation["responses"]!.AsObject().Select(answer => Resolved(answer.Value!)!["content"]), Has.None.Null, path);
            if (!path.EndsWith("{token}", StringComparison.Ordinal))
                Assert.That(document["components"]!["securitySchemes"]![operation["security"]![0]!.AsObject().Single().Key], Is.Not.Null, path);
        }
    }

    [Test]
    public void Every_reference_leads_somewhere()
    {
        var references = Reference().Matches(document.ToJsonString()).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.That(references, Has.Count.GreaterThan(10));
        Assert.That(references.Where(reference => At(reference) is null), Is.Empty);
    }

    [Test]
    public async Task The_event_in_it_is_the_schema_that_is_served()
    {
        using var answer = await Ingest.SendAsync(new(HttpMethod.Get, "/schemas/events/v1.json"));
        var schema = JsonNode.Parse((await answer.Content.ReadAsStringAsync()).Replace("#/$defs/", "#/components/schemas/", StringComparison.Ordinal))!.AsObject();
        var definitions = schema["$defs"]!.AsObject();
        schema.Remove("$defs");
        schema.Remove("$schema");

        Assert.That(JsonNode.DeepEquals(At("#/components/schemas/Event"), schema), Is.True);
        foreach (var (name, definition) in definitions)
            Assert.That(JsonNode.DeepEquals(At($"#/components/schemas/{name}"), definition), Is.True, name);
    }

    [Test]
    public void Every_event_in_it_is_valid_by_the_schema_in_it()
    {
        var schema = JsonNode.Parse(At("#/components/schemas/Event")!.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        schema["$defs"] = JsonNode.Parse(document["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));

        Assert.That(OpenApiExamples.Of("/api/v1/events").Where(example => !new JsonSchema(schema).Allows(example)).Select(example => example.ToJsonString()), Is.Empty);
    }

    [Test]
    public async Task Every_example_gets_the_answer_that_stands_beside_it([ValueSource(nameof(Paths))] string path)
    {
        var operation = document["paths"]![path]!["post"]!;
        var documented = AnswersOf(operation);
        foreach (var (name, example) in operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject())
        {
            var answer = await Ingest.PostAsync(Senders[path].Address, example!["value"]!.ToJsonString(),
                Senders[path].Authorization is { } authorization ? [("Authorization", authorization)] : []);
            Assert.That(answer.Status, Is.EqualTo(200), $"{name}: {answer.Body}");
            Assert.That(documented, Does.Contain(WithoutIds(JsonNode.Parse(answer.Body)!)), name);
        }
    }

    private static IEnumerable<string> Paths => Senders.Keys;

    private static List<string> AnswersOf(JsonNode operation)
    {
        var content = operation["responses"]!["200"]!["content"]!["application/json"]!;
        return content["example"] is { } only ? [WithoutIds(only)] : [.. content["examples"]!.AsObject().Select(example => WithoutIds(example.Value!["value"]!))];
    }

    private static string WithoutIds(JsonNode answer) => Uuid().Replace(answer.ToJsonString(), "ID");

    private JsonNode? Resolved(JsonNode node) => node["$ref"] is { } reference ? At((string)reference!) : node;

    private JsonNode? At(string reference) => reference[2..].Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step]);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("\"\\$ref\":\"([^\"]+)\"")]
    private static partial Regex Reference();
}
