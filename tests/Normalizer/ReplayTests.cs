using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.Normalizer;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class ReplayTests(Engine engine)
{
    private const string Unknown = """{"payment":{"id":"p1","status":"teleported","amount":4700,"payment_method":"pix"},"customer":{"mobile_phone":"(11) 95555-0001"}}""";
    private static readonly string Understood = Payload.Body(Sources.Wiapy, "unpaid-pix");
    private RunningNormalizer _normalizer = null!;

    [SetUp]
    public async Task StartAsync() => _normalizer = await RunningNormalizer.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await _normalizer.DisposeAsync();

    [Test]
    public async Task What_is_understood_today_is_published_once_however_often_it_is_replayed()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Understood);
        await _normalizer.QuarantineAsync("unknown_status", webhook);

        var first = await ReplayAsync(webhook);
        _normalizer.Time.Advance(TimeSpan.FromSeconds(5));
        var second = await ReplayAsync(webhook);

        Assert.That((first.Status, first.Text), Is.EqualTo((200, """{"status":"replayed","replayedAt":"2026-01-15T13:00:00+00:00"}""")));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.EqualTo(new[] { "recado.commerce-event", "recado.webhook-replayed" }));
        var item = (await _normalizer.GetAsync("/api/v1/quarantine")).Json["items"]![0]!;
        Assert.That(((string)item["state"]!, (string)item["replayedAt"]!, (string)item["reason"]!), Is.EqualTo(("replayed", "2026-01-15T13:00:00+00:00", "unknown_status")));
    }

    [Test]
    public async Task Eight_replays_at_once_publish_once()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Understood);
        await _normalizer.QuarantineAsync("unknown_status", webhook);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? ReplayAsync(webhook) : ReplayAsync("""{"source":"wiapy"}""")));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.EqualTo(new[] { "recado.commerce-event", "recado.webhook-replayed" }));
    }

    [Test]
    public async Task What_is_still_not_understood_stays_with_the_newest_reason()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Unknown);
        await _normalizer.QuarantineAsync("missing_field", webhook);

        var answer = await ReplayAsync(webhook);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((200, """{"status":"still_quarantined","reason":"unknown_status","field":"payment.status"}""")));
        var item = await _normalizer.GetAsync($"/api/v1/quarantine/{webhook.WebhookId}");
        Assert.That((item["state"], item["reason"], item["field"]), Is.EqualTo(("quarantined", "unknown_status", "payment.status")));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.Empty);
    }

    [Test]
    public async Task A_conflict_is_refused_alone_and_among_others()
    {
        var webhook = RunningNormalizer.Webhook(Sources.Wiapy, Understood) with { ConflictsWith = Guid.NewGuid() };
        await _normalizer.TakeAsync(webhook);

        var answer = await ReplayAsync(webhook);

        Assert.That((answer.Status, answer["code"]), Is.EqualTo((409, "idempotency_conflict")));
        Assert.That((await ReplayAsync("""{"reason":"idempotency_conflict"}""")).Text, Is.EqualTo("""{"replayed":0,"stillQuarantined":0,"refused":1,"remaining":0}"""));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.EqualTo(new[] { "recado.webhook-quarantined" }));
    }

    [Test]
    public async Task What_turns_out_to_mean_nothing_is_counted_as_if_it_came_today()
    {
        var webhook = RunningNormalizer.Webhook(Sources.EzApi, """{"type":"PresenceChatCallback","instanceId":"INSTANCE_1","phone":"5511955550001","status":"COMPOSING","lastSeen":1736200255}""");
        await _normalizer.QuarantineAsync("unknown_type", webhook);

        Assert.That((await ReplayAsync(webhook))["status"], Is.EqualTo("replayed"));
        Assert.That(await _normalizer.PublishedAsync(webhook), Is.EqualTo(new[] { "recado.webhook-replayed" }));
        Assert.That(await _normalizer.CountAsync("select count from ignored where what = 'presence' and day = '2026-01-15'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_filter_replays_what_it_names_and_nothing_else()
    {
        WebhookReceived[] payments = [.. Enumerable.Range(0, 3).Select(_ => RunningNormalizer.Webhook(Sources.Wiapy, Understood))];
        var partner = RunningNormalizer.Webhook(Sources.Partner, Payload.Body(Sources.Partner, "cart-abandoned"));
        await _normalizer.QuarantineAsync("unknown_status", [.. payments, RunningNormalizer.Webhook(Sources.Wiapy, Unknown), partner]);

        Assert.That((await ReplayAsync("""{"source":"wiapy","reason":"unknown_status"}""")).Text, Is.EqualTo("""{"replayed":3,"stillQuarantined":1,"refused":0,"remaining":0}"""));
        Assert.That((await ReplayAsync("""{"source":"wiapy"}""")).Text, Is.EqualTo("""{"replayed":0,"stillQuarantined":1,"refused":0,"remaining":0}"""));
        Assert.That(await _normalizer.PublishedAsync(partner), Is.Empty);
        Assert.That(await _normalizer.CountAsync("select count(*) from outbox where wire_name = 'recado.commerce-event'"), Is.EqualTo(3));
    }

    [Test]
    public async Task Ids_are_replayed_and_those_replayed_before_count_again_without_being_told_again()
    {
        WebhookReceived[] webhooks = [RunningNormalizer.Webhook(Sources.Wiapy, Understood), RunningNormalizer.Webhook(Sources.Wiapy, Understood), RunningNormalizer.Webhook(Sources.Wiapy, Unknown)];
        await _normalizer.QuarantineAsync("unknown_status", webhooks);
        var body = new JsonObject { ["ids"] = new JsonArray([.. webhooks.Append(webhooks[0]).Select(webhook => JsonValue.Create(webhook.WebhookId)), JsonValue.Create(Guid.NewGuid())]) }.ToJsonString();

        var answers = (await ReplayAsync(body), await ReplayAsync(body));

        Assert.That(answers.Item1.Text, Is.EqualTo("""{"replayed":2,"stillQuarantined":1,"refused":1,"remaining":0}"""));
        Assert.That(answers.Item2, Is.EqualTo(answers.Item1));
        Assert.That(await _normalizer.CountAsync("select count(*) from outbox where wire_name = 'recado.commerce-event'"), Is.EqualTo(2));
    }

    [Test]
    public async Task One_request_does_a_thousand_and_says_where_to_go_on()
    {
        await _normalizer.QuarantineAsync("unknown_status", [.. Enumerable.Range(0, 1070).Select(i => RunningNormalizer.Webhook(Sources.Wiapy, i % 2 == 0 ? Unknown : Understood, at: Payload.ReceivedAt.AddSeconds(i / 10)))]);

        var first = await ReplayAsync("""{"source":"wiapy"}""");
        var second = await ReplayAsync($$"""{"source":"wiapy","cursor":"{{first["next"]}}"}""");

        Assert.That((first["replayed"], first["stillQuarantined"], first["remaining"]), Is.EqualTo(("500", "500", "70")));
        Assert.That(second.Text, Is.EqualTo("""{"replayed":35,"stillQuarantined":35,"refused":0,"remaining":0}"""));
    }

    [TestCase("", "$")]
    [TestCase("null", "$")]
    [TestCase("[]", "$")]
    [TestCase("{", "$")]
    [TestCase("{}", "$")]
    [TestCase("""{"source":""}""", "$")]
    [TestCase("""{"cursor":"x"}""", "$")]
    [TestCase("""{"sorce":"wiapy","reason":"unknown_status"}""", "sorce")]
    [TestCase("""{"source":5}""", "source")]
    [TestCase("""{"source":"shopify"}""", "source")]
    [TestCase("""{"source":"wiapy","source":"events"}""", "source")]
    [TestCase("""{"reason":"because"}""", "reason")]
    [TestCase("""{"from":"yesterday"}""", "from")]
    [TestCase("""{"source":"wiapy","cursor":"x"}""", "cursor")]
    [TestCase("""{"ids":[]}""", "ids")]
    [TestCase("""{"ids":["1"]}""", "ids")]
    [TestCase("""{"ids":[null]}""", "ids")]
    [TestCase("""{"ids":"all"}""", "ids")]
    [TestCase("""{"ids":["0190b5a0-0000-5000-8000-000000000001"],"source":"wiapy"}""", "ids")]
    [TestCase("""{"source":[[[[[[]]]]]]}""", "source")]
    public async Task A_wrong_request_is_named(string body, string field)
    {
        var answer = await ReplayAsync(body);

        Assert.That((answer.Status, answer["code"]), Is.EqualTo((400, "invalid_request")), answer.Text);
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Too_many_ids_and_too_large_a_body_are_refused()
    {
        var ids = string.Join(',', Enumerable.Range(0, 501).Select(_ => $"\"{Guid.NewGuid()}\""));

        Assert.That((await ReplayAsync($$"""{"ids":[{{ids}}]}""")).Json["errors"]!["ids"], Is.Not.Null);
        var large = await ReplayAsync($$"""{"source":"{{new string('x', 70_000)}}"}""");
        Assert.That((large.Status, large["code"]), Is.EqualTo((413, "body_too_large")));
    }

    private Task<Heard> ReplayAsync(WebhookReceived webhook) => _normalizer.PostAsync($"/api/v1/quarantine/{webhook.WebhookId}/replay");

    private Task<Heard> ReplayAsync(string body) => _normalizer.PostAsync("/api/v1/quarantine/replay", body);
}
