using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.Normalizer;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class DriftReportTests(Engine engine)
{
    private RunningNormalizer _normalizer = null!;

    [SetUp]
    public async Task StartAsync() => _normalizer = await RunningNormalizer.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await _normalizer.DisposeAsync();

    [Test]
    public async Task What_is_new_is_reported_with_counts_times_and_the_first_example()
    {
        await _normalizer.TakeAsync(Payment("""{"id":"1","status":"paid","pix_boleto":{"expires_at":"2026-01-31"}}""", 1), Payment("""{"id":"2","status":"lost"}""", 2));
        await _normalizer.TakeAsync(Payment("""{"id":"3","status":"paid","pix_boleto":{"expires_at":"later than ever"}}""", 3), Payment("""{"id":"4","status":"lost","type":"gift"}""", 0));
        await _normalizer.TakeAsync(RunningNormalizer.Webhook(Sources.EzApi,
            """{"type":"ReceivedCallback","instanceId":"INSTANCE_1","messageId":"M1","phone":"5511955550001","notification":"MOON_PHASE","hologram":{"message":"Oi"}}"""));

        var report = await _normalizer.GetAsync("/api/v1/drift");

        Assert.That(JsonNode.DeepEquals(report.Json, JsonNode.Parse(
            """
            {"sources":[
              {"source":"ezapi","newFields":[],"newTypes":[],"newStatuses":[],
               "newNotifications":[{"path":"ReceivedCallback.notification","value":"MOON_PHASE","count":1,"firstSeen":"2026-01-15T12:00:00+00:00","lastSeen":"2026-01-15T12:00:00+00:00"}],
               "newBlocks":[{"path":"ReceivedCallback.hologram","count":1,"firstSeen":"2026-01-15T12:00:00+00:00","lastSeen":"2026-01-15T12:00:00+00:00","example":"{\"message\":\"xx\"}"}],"other":0},
              {"source":"wiapy",
               "newFields":[{"path":"payment.pix_boleto.expires_at","count":2,"firstSeen":"2026-01-15T12:00:01+00:00","lastSeen":"2026-01-15T12:00:03+00:00","example":"\"9999-99-99\""}],
               "newTypes":[{"path":"payment.type","value":"gift","count":1,"firstSeen":"2026-01-15T12:00:00+00:00","lastSeen":"2026-01-15T12:00:00+00:00"}],
               "newStatuses":[{"path":"payment.status","value":"lost","count":2,"firstSeen":"2026-01-15T12:00:00+00:00","lastSeen":"2026-01-15T12:00:02+00:00"}],
               "newNotifications":[],"newBlocks":[],"other":0}]}
            """)), report.Text);
        Assert.That((await _normalizer.GetAsync("/api/v1/drift?source=wiapy")).Json["sources"]!.AsArray().Select(source => (string)source!["source"]!), Is.EqualTo(new[] { "wiapy" }));
        Assert.That((await _normalizer.GetAsync("/api/v1/drift?source=partner")).Text, Is.EqualTo("""{"sources":[]}"""));
    }

    [Test]
    public async Task A_webhook_with_something_new_is_processed_as_ever()
    {
        var webhook = Payment("""{"id":"1","status":"paid","shiny":true}""", 0);
        await _normalizer.TakeAsync(webhook);

        Assert.That(await _normalizer.PublishedAsync(webhook), Is.EqualTo(new[] { "recado.commerce-event" }));
        Assert.That((await _normalizer.GetAsync("/api/v1/drift")).Text, Does.Contain("payment.shiny"));
    }

    [Test]
    public async Task A_replay_reports_nothing_twice()
    {
        var webhook = Payment("""{"id":"1","status":"lost"}""", 0);
        await _normalizer.TakeAsync(webhook);
        await _normalizer.PostAsync($"/api/v1/quarantine/{webhook.WebhookId}/replay");

        Assert.That(await _normalizer.CountAsync("select count from drift"), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_is_found_in_the_report()
    {
        const string Body =
            """
            {"payment":{"id":"1","status":"Canária Sigilosa 5511944448888"},"canaria@segredo.example":{"5511944448888":"Canária Sigilosa"},
             "cpf_52998224725":"529.982.247-25","contact":{"nome":"Canaria Sigilosa","mail":"canaria@segredo.example","fone":5511944448888},
             "notes":["Canaria Sigilosa","canaria@segredo.example","(11) 94444-8888",52998224725]}
            """;
        await _normalizer.TakeAsync(RunningNormalizer.Webhook(Sources.Wiapy, Body));

        var text = (await _normalizer.GetAsync("/api/v1/drift")).Text;

        Assert.That(text, Does.Contain("contact").And.Contain("notes").And.Contain("payment.status"));
        foreach (var canary in (string[])["anaria", "anária", "Sigilosa", "segredo", "4444", "8888", "529", "982", "247"])
            Assert.That(text, Does.Not.Contain(canary).IgnoreCase);
    }

    [Test]
    public async Task Another_store_sees_its_own_and_a_wrong_source_is_named()
    {
        await _normalizer.TakeAsync(Payment("""{"id":"1","status":"lost"}""", 0));

        Assert.That((await _normalizer.GetAsync("/api/v1/drift", "beta-events")).Text, Is.EqualTo("""{"sources":[]}"""));
        var wrong = await _normalizer.GetAsync("/api/v1/drift?source=shopify");
        Assert.That((wrong.Status, wrong.Json["errors"]!["source"] is not null), Is.EqualTo((400, true)));
    }

    [Test]
    public async Task A_store_has_two_hundred_rows_per_source_and_the_rest_is_counted()
    {
        for (var batch = 0; batch < 5; batch++)
            await _normalizer.TakeAsync([.. Enumerable.Range(batch * 50, 50).Select(i => Payment($$"""{"id":"{{i}}","status":"paid","new_{{i}}":1}""", 0))]);
        await _normalizer.TakeAsync(Payment("""{"id":"x","status":"paid","new_0":1,"new_249":1}""", 0), RunningNormalizer.Webhook(Sources.Partner, """{"event":"cart.abandoned","shiny":1}"""));

        var source = (await _normalizer.GetAsync("/api/v1/drift?source=wiapy")).Json["sources"]![0]!;

        Assert.That(source["newFields"]!.AsArray(), Has.Count.EqualTo(200));
        Assert.That((long)source["other"]!, Is.EqualTo(51));
        Assert.That(((string)source["newFields"]![0]!["path"]!, (long)source["newFields"]![0]!["count"]!), Is.EqualTo(("payment.new_0", 2L)));
        Assert.That((await _normalizer.GetAsync("/api/v1/drift?source=partner")).Text, Does.Contain("shiny"), "another source has rows of its own");
    }

    [Test]
    public async Task Batches_at_once_lose_no_count_and_do_not_block_each_other()
    {
        var batches = Enumerable.Range(0, 8).Select(batch => _normalizer.TakeAsync([.. Enumerable.Range(0, 20)
            .Select(i => batch % 2 == 0 ? i : 19 - i).Select(i => Payment($$"""{"id":"{{batch}}-{{i}}","status":"paid","new_{{i}}":1}""", 0))]));

        await Task.WhenAll(batches);

        Assert.That(await _normalizer.CountAsync("select count(*) from drift where count = 8"), Is.EqualTo(20));
    }

    private static WebhookReceived Payment(string payment, int second) => RunningNormalizer.Webhook(Sources.Wiapy,
        $$$"""{"payment":{{{payment}}},"customer":{"mobile_phone":"(11) 95555-0001"}}""", at: Payload.ReceivedAt.AddSeconds(second));
}
