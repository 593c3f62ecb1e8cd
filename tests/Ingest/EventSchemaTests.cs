using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Normalizer.Events;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>The schema that is served says what the endpoint does.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class EventSchemaTests(Engine engine) : IngestFixture(engine)
{
    private const string Address = "/schemas/events/v1.json";

    private static readonly string[] Texts =
        ["\"\"", "\" \"", "\"x\"", "\"\\u0001\"", "\"2026-01-31\"", "\"2026-01-31T12:00:00.5-0300\"", "\"31/01/2026\"", "\"https://a.example/1\"", "\"http://a.example/1\"", "\"a@b.example\"", "\"+55 (81) 98765-0001\"", "\"123\"", "\"BRL\"", "\"XXX\"", "\"1\""];

    private static readonly string[] Others = ["null", "true", "0", "1", "-1", "1000", "1.5", "1.25", "1.001", "1.0001", "10000000000000.01", "1000000000000001", "{}", "[]", "[null]", "[{}]", "[5]"];

    private static readonly string[] Amounts =
    [
        .. from currency in (string[])["BRL", "JPY", "KWD"]
           from amount in (string[])["\"amount\":1", "\"amount\":1.5", "\"amount\":1.555", "\"amount\":1.5555", "\"amount\":1e3", "\"amountMinor\":5", "\"amountMinor\":5,\"amount\":null", "\"amountMinor\":5,\"amount\":1"]
           select $$"""{{{amount}},"currency":"{{currency}}"}""",
    ];

    private JsonNode schema = null!;

    [OneTimeSetUp]
    public async Task ReadAsync() => schema = JsonNode.Parse(await (await GetAsync()).Content.ReadAsStringAsync())!;

    [Test]
    public async Task It_is_served_to_everybody_and_may_be_kept()
    {
        using var answer = await GetAsync();
        using var again = await GetAsync(answer.Headers.ETag!.ToString());

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, "application/schema+json", HttpStatusCode.NotModified)));
        Assert.That(answer.Headers.CacheControl, Has.Property("Public").True.And.Property("MaxAge").EqualTo(TimeSpan.FromHours(1)));
        Assert.That((string?)schema["$schema"], Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
    }

    [Test]
    public void It_has_every_field_that_the_Normalizer_reads_and_no_other() =>
        Assert.That(FieldsOf(schema), Is.EquivalentTo(FieldsOf(typeof(EventsApiBody))));

    [Test]
    public void Every_field_is_described_with_an_example() =>
        Assert.That(Described(schema).Where(field => field.Schema["description"] is null || (IsLeaf(field.Schema) && field.Schema["examples"] is null)).Select(field => field.Path), Is.Empty);

    [Test]
    public void Every_example_is_valid_for_its_own_field() =>
        Assert.That(Described(schema).Where(field => field.Schema["examples"] is JsonArray examples && examples.Any(example => !new JsonSchema(WithDefinitions(field.Schema)).Allows(example))).Select(field => field.Path), Is.Empty);

    [Test]
    public async Task It_gives_the_verdicts_of_the_endpoint()
    {
        var bodies = Bodies().ToList();
        var wrong = new List<string>();
        var accepted = 0;
        foreach (var batch in bodies.Chunk(500))
        {
            var answer = await Ingest.BatchAsync($$"""{"events":[{{string.Join(',', batch)}}]}""");
            Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
            foreach (var (body, result) in batch.Zip(JsonNode.Parse(answer.Body)!["results"]!.AsArray()))
            {
                var isAccepted = (string?)result!["status"] == "accepted";
                accepted += isAccepted ? 1 : 0;
                if (new JsonSchema(schema).Allows(JsonNode.Parse(body)) != isAccepted)
                    wrong.Add($"{(isAccepted ? "accepted" : result.ToJsonString())}: {body}");
            }
        }
        Assert.That(wrong, Is.Empty);
        Assert.That(accepted, Is.InRange(bodies.Count / 10, bodies.Count * 9 / 10), "the bodies are good and bad");
    }

    /// <summary>How a number is written, and whether a day is in the calendar.</summary>
    [TestCase("""{"id":"s","type":"payment.approved","customer":{"externalId":"c"},"payment":{"amount":{"amountMinor":100.0,"currency":"BRL"}}}""", "payment.amount.amountMinor")]
    [TestCase("""{"id":"s","type":"payment.approved","customer":{"externalId":"c"},"payment":{"amount":{"amount":1e-2,"currency":"BRL"}}}""", "payment.amount.amount")]
    [TestCase("""{"id":"s","type":"payment.approved","customer":{"externalId":"c"},"payment":{"id":"p","installments":3.0}}""", "payment.installments")]
    [TestCase("""{"id":"s","type":"customer.registered","customer":{"externalId":"c"},"occurredAt":"2026-02-30T12:00:00Z"}""", "occurredAt")]
    public async Task What_it_cannot_see_it_says_in_words(string body, string field)
    {
        Assert.That(new JsonSchema(schema).Allows(JsonNode.Parse(body)), Is.True);
        Assert.That(JsonNode.Parse((await Ingest.EventsAsync(body)).Body)!["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { field }));
        Assert.That((string?)schema["description"], Does.Contain("not in the calendar").And.Contain("not written plainly"));
    }

    /// <summary>A good event of every type, each with every field set to every value, and some with two fields changed.</summary>
    private static IEnumerable<string> Bodies()
    {
        var random = new Random(20260131);
        var paths = FieldsOf(typeof(EventsApiBody)).ToList();
        var made = 0;
        foreach (var example in OpenApiExamples.Of("/api/v1/events"))
        {
            yield return Changed(example, [], ref made);
            foreach (var path in paths)
                foreach (var value in path.EndsWith("total", StringComparison.Ordinal) || path.EndsWith("amount", StringComparison.Ordinal) ? [.. Others, .. Amounts] : ValuesOf(path, random))
                    yield return Changed(example, [(path, value)], ref made);
            for (var i = 0; i < 100; i++)
                yield return Changed(example, [.. Enumerable.Range(0, 3).Select(_ => paths[random.Next(paths.Count)]).Select(path => (path, ValuesOf(path, random)[0]))], ref made);
        }
    }

    private static string[] ValuesOf(string path, Random random)
    {
        string[] all = path == "type" ? [.. Others, .. Recado.Contracts.EventTypes.All.Select(type => $"\"{type}\""), "\"x\""] : [.. Others, .. Texts];
        return [.. all.OrderBy(_ => random.Next()).Take(6)];
    }

    /// <summary>A path through something that is no object makes one of it. Ids stay distinct.</summary>
    private static string Changed(JsonNode example, (string Path, string Value)[] changes, ref int made)
    {
        var body = example.DeepClone().AsObject();
        body["id"] = $"made-{made++}";
        foreach (var (path, value) in changes.Where(change => change.Path != "id" || !change.Value.StartsWith('"')))
            Set(body, path.Split('.'), value);
        return body.ToJsonString();
    }

    private static void Set(JsonObject at, string[] steps, string value)
    {
        var name = steps[0].TrimEnd('[', ']');
        if (steps.Length == 1)
        {
            at[name] = JsonNode.Parse(value);
            return;
        }
        var inner = steps[0].EndsWith(']') ? (at[name] as JsonArray)?.FirstOrDefault() : at[name];
        if (inner is not JsonObject next)
            at[name] = steps[0].EndsWith(']') ? new JsonArray(next = []) : next = [];
        Set(next, steps[1..], value);
    }

    /// <summary>Paths like <c>items[].unitPrice.amount</c>, the objects among them too.</summary>
    private IEnumerable<string> FieldsOf(JsonNode of) => Described(of).Select(field => field.Path);

    private IEnumerable<(string Path, JsonNode Schema)> Described(JsonNode of, string prefix = "")
    {
        foreach (var (name, field) in Target(of)["properties"]?.AsObject() ?? [])
        {
            var isList = Target(field!)["items"] is not null;
            var path = prefix + name + (isList ? "[]" : "");
            yield return (path.TrimEnd('[', ']'), field!);
            foreach (var inner in Described(isList ? Target(field!)["items"]! : field!, path + "."))
                yield return inner;
        }
    }

    private static IEnumerable<string> FieldsOf(Type type, string prefix = "")
    {
        foreach (var property in type.GetProperties())
        {
            var isList = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            var of = isList ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            var name = prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            yield return name;
            if (of.Namespace == typeof(EventsApiBody).Namespace)
                foreach (var inner in FieldsOf(of, name + (isList ? "[]." : ".")))
                    yield return inner;
        }
    }

    private JsonNode Target(JsonNode of) => of["$ref"] is { } reference ? schema["$defs"]![((string)reference!)["#/$defs/".Length..]]! : of;

    private bool IsLeaf(JsonNode field) => Target(field)["properties"] is null && Target(field)["items"] is null;

    private JsonNode WithDefinitions(JsonNode field)
    {
        var whole = field.DeepClone();
        whole["$defs"] = schema["$defs"]!.DeepClone();
        return whole;
    }

    private async Task<HttpResponseMessage> GetAsync(string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await Ingest.SendAsync(request);
    }
}
