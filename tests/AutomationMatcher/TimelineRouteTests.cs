using System.Net;
using System.Text.Json.Nodes;
using Recado.AutomationMatcher;
using Recado.AutomationMatcher.Quarantine;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.AutomationMatcher;

/// <summary>The routes of the timeline: by Recado's id, and by the sender's own.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class TimelineRouteTests(Engine engine)
{
    private const string Bundle =
        """
        {"stores":[
          {"id":"alpha","credentials":[{"source":"events","token":"alpha-events"},{"source":"partner","channel":"abacate","token":"alpha-abacate"},{"source":"wiapy","token":"alpha-wiapy"}]},
          {"id":"beta","credentials":[{"source":"events","token":"beta-events"}]}]}
        """;

    private HostInProcess host = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle, Bundle);
        host = await HostInProcess.PrepareAsync(new AutomationMatcherService(), await FreshDatabase.CreateAsync(engine), settings: [("Bootstrap", bundle)]);
        await host.StartAsync();
        http = new() { BaseAddress = host.Address };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task An_event_is_found_by_the_id_that_its_sender_gave_it()
    {
        var id = await QuarantinedAsync("alpha", "pedido 1001/é");

        var byOwn = await GetAsync("/api/v1/events?externalId=pedido%201001%2F%C3%A9", "alpha-events");
        var byOurs = await GetAsync($"/api/v1/events/{id}", "alpha-events");

        Assert.That(byOwn.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)byOwn.Body["id"], Is.EqualTo(id.ToString()));
        Assert.That(JsonNode.DeepEquals(byOwn.Body, byOurs.Body), Is.True);
    }

    [TestCase("?externalId=seu-1", "beta-events", 404, "unknown_event")]
    [TestCase("?externalId=outro", "alpha-events", 404, "unknown_event")]
    [TestCase("?externalId=seu-1", "alpha-abacate", 401, "unauthorized")]
    [TestCase("?externalId=seu-1", "alpha-wiapy", 401, "unauthorized")]
    [TestCase("?externalId=seu-1", null, 401, "unauthorized")]
    [TestCase("", "alpha-events", 400, "invalid_query")]
    [TestCase("?externalId=", "alpha-events", 400, "invalid_query")]
    [TestCase("?externalId=a&externalId=b", "alpha-events", 400, "invalid_query")]
    [TestCase("/6f1d3c52-8c0e-5a44-9b7e-52454341444f", "alpha-events", 404, "unknown_event")]
    [TestCase("/6f1d3c52-8c0e-5a44-9b7e-52454341444f", null, 401, "unauthorized")]
    [TestCase("/seu-1", "alpha-events", 404, "not_found")]
    public async Task What_cannot_be_told_is_a_problem_with_a_code(string query, string? token, int status, string code)
    {
        await QuarantinedAsync("alpha", "seu-1");

        var answer = await GetAsync($"/api/v1/events{query}", token);

        Assert.That(((int)answer.Status, (string?)answer.Body["code"]), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task The_OpenAPI_document_tells_both_routes_with_all_their_answers()
    {
        using var answer = await http.GetAsync("/openapi/v1.json");
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.That(document["paths"]!.AsObject().Select(path => path.Key), Is.EquivalentTo(new[] { "/api/v1/events", "/api/v1/events/{id}" }));
        foreach (var (path, statuses) in new[] { ("/api/v1/events", "200 400 401 404"), ("/api/v1/events/{id}", "200 401 404") })
        {
            var operation = document["paths"]![path]!["get"]!;
            Assert.That(string.Join(' ', operation["responses"]!.AsObject().Select(each => each.Key)), Is.EqualTo(statuses));
            Assert.That(new[] { operation["summary"], operation["parameters"]![0]!["description"] }, Has.None.Null);
            Assert.That(operation["security"]!.AsArray().Select(each => document["components"]!["securitySchemes"]![each!.AsObject().Single().Key]), Has.None.Null.And.Not.Empty);
        }
        await QuarantinedAsync("alpha", "forma");
        var told = (await GetAsync("/api/v1/events?externalId=forma", "alpha-events")).Body.AsObject();
        var example = document["paths"]!["/api/v1/events"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!.AsObject();
        Assert.That(example.Select(field => field.Key), Is.EqualTo(told.Select(field => field.Key)));
        Assert.That(example["timeline"]![0]!.AsObject().Select(field => field.Key), Is.EqualTo(told["timeline"]![0]!.AsObject().Select(field => field.Key)));
    }

    /// <summary>The least that gives a webhook a timeline.</summary>
    private async Task<Guid> QuarantinedAsync(string store, string externalId)
    {
        var webhook = new WebhookQuarantined
        {
            WebhookId = WebhookIds.OfEvent(store, null, externalId),
            StoreId = store,
            Source = Sources.Events,
            Reason = "invalid_value",
            Field = "type",
            ReceivedAt = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
        };
        await host.Get<MatcherDatabase>().InTransactionAsync(
            transaction => new NoteQuarantine(TimeProvider.System).HandleAsync([new Received<WebhookQuarantined>(webhook, default)], transaction, default), default);
        return webhook.WebhookId;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
