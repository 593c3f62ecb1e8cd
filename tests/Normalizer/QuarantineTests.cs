using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Normalizer;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class QuarantineTests(Engine engine)
{
    private const string Unknown = """{"payment":{"id":"p1","status":"teleported","amount":4700,"payment_method":"pix"},"customer":{"mobile_phone":"(11) 95555-0001"}}""";
    private RunningNormalizer _normalizer = null!;

    [SetUp]
    public async Task StartAsync() => _normalizer = await RunningNormalizer.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await _normalizer.DisposeAsync();

    [Test]
    public async Task What_was_not_understood_is_listed_with_its_reason_and_without_its_payload()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Unknown);
        await _normalizer.TakeAsync(webhook);

        var page = await _normalizer.GetAsync("/api/v1/quarantine");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(JsonNode.DeepEquals(page.Json, JsonNode.Parse(
            $$"""
            {"items":[{"webhookId":"{{webhook.WebhookId}}","source":"wiapy","reason":"unknown_status","field":"payment.status",
              "receivedAt":"2026-01-15T12:00:00+00:00","state":"quarantined"}]}
            """)), page.Text);
    }

    [Test]
    public async Task Pages_follow_each_other_newest_first_although_rows_come_in_between()
    {
        WebhookReceived[] webhooks = [.. Enumerable.Range(0, 7).Select(i => RunningNormalizer.Webhook(Sources.Wiapy, Unknown, at: Payload.ReceivedAt.AddSeconds(i / 4)))];
        await _normalizer.TakeAsync(webhooks);
        var first = await _normalizer.GetAsync("/api/v1/quarantine?limit=3");
        await _normalizer.TakeAsync(RunningNormalizer.Webhook(Sources.Wiapy, Unknown, at: Payload.ReceivedAt.AddMinutes(1)));
        var second = await _normalizer.GetAsync($"/api/v1/quarantine?limit=3&cursor={first["next"]}");
        var third = await _normalizer.GetAsync($"/api/v1/quarantine?limit=3&cursor={second["next"]}");

        Assert.That(first.Ids.Concat(second.Ids).Concat(third.Ids), Is.EquivalentTo(webhooks.Select(webhook => webhook.WebhookId)));
        Assert.That(first.Ids, Is.EquivalentTo(webhooks[4..].Select(webhook => webhook.WebhookId)), "the newest");
        Assert.That((third.Ids, third["next"]), Is.EqualTo((third.Ids, (string?)null)));
    }

    [TestCase("", 4)]
    [TestCase("?source=wiapy", 2)]
    [TestCase("?source=partner", 1)]
    [TestCase("?source=events", 0)]
    [TestCase("?reason=unknown_status", 2)]
    [TestCase("?source=wiapy&reason=malformed_json", 0)]
    [TestCase("?from=2026-01-15T12:00:00Z&to=2026-01-15T12:00:01Z", 3)]
    [TestCase("?from=2026-01-15T12:00:01Z", 1)]
    [TestCase("?to=2026-01-15T12:00:00Z", 0)]
    [TestCase("?source=&reason=&from=&to=&cursor=", 4)]
    public async Task A_filter_narrows_the_list(string query, int count)
    {
        await _normalizer.TakeAsync(
            RunningNormalizer.Webhook(Sources.Wiapy, Unknown), RunningNormalizer.Webhook(Sources.Wiapy, Unknown, at: Payload.ReceivedAt.AddSeconds(1)),
            RunningNormalizer.Webhook(Sources.Partner, """{"event":"x.y","phone":"5511955550001"}"""), RunningNormalizer.Webhook(Sources.AbandonedCart, "not json"));

        Assert.That((await _normalizer.GetAsync($"/api/v1/quarantine{query}")).Ids, Has.Count.EqualTo(count));
    }

    [TestCase("source=shopify", "source")]
    [TestCase("source=wiapy&source=events", "source")]
    [TestCase("reason=because", "reason")]
    [TestCase("from=yesterday", "from")]
    [TestCase("to=1/2/2026", "to")]
    [TestCase("from=2026-01-02&to=2026-01-01", "to")]
    [TestCase("from=2026-01-01&to=2026-01-01", "to")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=-1", "limit")]
    [TestCase("limit=ten", "limit")]
    [TestCase("limit=99999999999999999999", "limit")]
    [TestCase("cursor=abc", "cursor")]
    [TestCase("cursor=%00", "cursor")]
    [TestCase("cursor=________________________________", "cursor")]
    public async Task A_wrong_parameter_is_named(string query, string name)
    {
        var answer = await _normalizer.GetAsync($"/api/v1/quarantine?{query}");

        Assert.That((answer.Status, answer["code"]), Is.EqualTo((400, "invalid_request")));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { name }));
    }

    [TestCase("{\"payment\" : {\"status\":\"tele\\u0070orted\", \"amount\":1.50e3,\n\"n\":12345678901234567890123 } }")]
    [TestCase("{\"payment\":{\"status\":\"\\ud800\"}}")]
    [TestCase("[1, 2]")]
    public async Task A_webhook_is_read_exactly_as_it_was_received(string body)
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, body);
        await _normalizer.TakeAsync(webhook);

        var answer = await _normalizer.GetAsync($"/api/v1/quarantine/{webhook.WebhookId}");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Does.Contain($"\"body\":{body},\"bodyBase64\":null"));
    }

    [Test]
    public async Task What_is_no_JSON_is_given_in_base64_and_why_in_words()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, "") with { Body = [0x7B, 0xFF, 0x00] };
        await _normalizer.TakeAsync(webhook);

        var answer = await _normalizer.GetAsync($"/api/v1/quarantine/{webhook.WebhookId}");

        Assert.That((answer["body"], answer["bodyBase64"], answer["reason"]), Is.EqualTo(((string?)null, "e/8A", "malformed_json")));
        Assert.That(answer["why"], Is.EqualTo("It is no JSON, or is nested too deep."));
    }

    [Test]
    public async Task Another_store_sees_nothing_and_moves_nothing()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Payload.Body(Sources.Wiapy, "unpaid-pix"));
        await _normalizer.QuarantineAsync("unknown_status", webhook);
        var item = $"/api/v1/quarantine/{webhook.WebhookId}";

        Assert.That((await _normalizer.GetAsync("/api/v1/quarantine", "beta-events")).Ids, Is.Empty);
        Assert.That(await CodeAsync(_normalizer.GetAsync(item, "beta-events")), Is.EqualTo((404, "unknown_webhook")));
        Assert.That(await CodeAsync(_normalizer.PostAsync($"{item}/replay", null, "beta-events")), Is.EqualTo((404, "unknown_webhook")));
        var many = await _normalizer.PostAsync("/api/v1/quarantine/replay", $$"""{"ids":["{{webhook.WebhookId}}"]}""", "beta-events");
        Assert.That(many.Text, Is.EqualTo("""{"replayed":0,"stillQuarantined":0,"refused":1,"remaining":0}"""));
        Assert.That((await _normalizer.PostAsync("/api/v1/quarantine/replay", """{"source":"wiapy"}""", "beta-events")).Text,
            Is.EqualTo("""{"replayed":0,"stillQuarantined":0,"refused":0,"remaining":0}"""));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.Empty);
    }

    [Test]
    public async Task Only_the_stores_own_Events_API_key_opens([Values(null, "", "wrong", "alpha-partner", "alpha-wiapy")] string? key)
    {
        var id = Guid.NewGuid();
        Assert.That(await CodeAsync(_normalizer.GetAsync("/api/v1/quarantine", key)), Is.EqualTo((401, "unauthorized")));
        Assert.That(await CodeAsync(_normalizer.GetAsync($"/api/v1/quarantine/{id}", key)), Is.EqualTo((401, "unauthorized")));
        Assert.That(await CodeAsync(_normalizer.PostAsync($"/api/v1/quarantine/{id}/replay", null, key)), Is.EqualTo((401, "unauthorized")));
        Assert.That(await CodeAsync(_normalizer.PostAsync("/api/v1/quarantine/replay", "{", key)), Is.EqualTo((401, "unauthorized")));
        Assert.That(await CodeAsync(_normalizer.GetAsync("/api/v1/drift", key)), Is.EqualTo((401, "unauthorized")));
    }

    [Test]
    public async Task Rows_go_when_they_have_been_kept_long_enough()
    {
        var kept = RunningNormalizer.Webhook(Sources.Wiapy, Unknown, at: Payload.ReceivedAt);
        await _normalizer.TakeAsync(kept, RunningNormalizer.Webhook(Sources.Wiapy, Unknown, at: Payload.ReceivedAt.AddDays(-91)));

        await Until.TrueAsync(async () =>
        {
            _normalizer.Time.Advance(TimeSpan.FromMinutes(10));
            return (await _normalizer.GetAsync("/api/v1/quarantine")).Ids.SequenceEqual([kept.WebhookId]);
        }, TimeSpan.FromSeconds(60), "the older one is gone");
        _normalizer.Time.Advance(TimeSpan.FromDays(91));
        await Until.TrueAsync(async () =>
        {
            _normalizer.Time.Advance(TimeSpan.FromMinutes(10));
            return (await _normalizer.GetAsync("/api/v1/quarantine")).Ids.Count == 0 && (await _normalizer.GetAsync("/api/v1/drift")).Json["sources"]!.AsArray().Count == 0;
        }, TimeSpan.FromSeconds(60), "the other and the drift are gone too");
    }

    [Test]
    public async Task The_document_describes_the_routes()
    {
        var paths = (await _normalizer.GetAsync("/openapi/v1.json")).Json["paths"]!;

        Assert.That(paths["/api/v1/quarantine"]!["get"]!["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!),
            Is.SupersetOf(new[] { "Source", "Reason", "From", "To", "Limit", "Cursor" }).IgnoreCase);
        Assert.That(paths["/api/v1/quarantine/replay"]!["post"]!["responses"]!.AsObject().Select(answer => answer.Key), Is.SupersetOf(new[] { "200", "400", "401", "413" }));
        Assert.That(paths["/api/v1/quarantine/{webhookId}"]!["get"]!["responses"]!.AsObject().Select(answer => answer.Key), Is.SupersetOf(new[] { "200", "401", "404" }));
        Assert.That(paths["/api/v1/drift"]!["get"]!["summary"], Is.Not.Null);
    }

    private static async Task<(int, string?)> CodeAsync(Task<Heard> answer) => ((await answer).Status, (await answer)["code"]);
}
