using System.Security.Cryptography;
using System.Text;
using Recado.Platform.Hosting;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Signed credentials over HTTP: the key opens the door, the signature decides whether anything is believed.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class SignedRequestTests(Engine engine)
{
    private static readonly byte[] First = RandomNumberGenerator.GetBytes(24);
    private static readonly byte[] Second = RandomNumberGenerator.GetBytes(64);
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static int made;

    private string database = "";
    private RunningIngest ingest = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => ingest = await StartAsync(database = await FreshDatabase.CreateAsync(engine), First, Second);

    [OneTimeTearDown]
    public async Task StopAsync() => await ingest.DisposeAsync();

    [Test]
    public async Task A_signed_event_of_a_partner_is_taken([Values] bool withSecond)
    {
        var body = Event();
        var answer = await SendAsync(body, SignedBy.Headers(withSecond ? Second : First, NewId(), Now, body));

        Assert.That((answer.Status, (await ingest.StoredAsync(answer.WebhookId)).Single().Body), Is.EqualTo((200, Encoding.UTF8.GetBytes(body))));
    }

    [TestCase("webhook-id")]
    [TestCase("webhook-timestamp")]
    [TestCase("webhook-signature")]
    public async Task A_header_that_is_missing_is_401(string header)
    {
        var body = Event();
        await AssertRefusedAsync(body, [.. SignedBy.Headers(First, NewId(), Now, body).Where(each => each.Name != header)]);
    }

    [TestCase("webhook-id")]
    [TestCase("webhook-timestamp")]
    public async Task A_header_that_is_given_twice_is_401(string header)
    {
        var body = Event();
        var headers = SignedBy.Headers(First, NewId(), Now, body);
        await AssertRefusedAsync(body, [.. headers, headers.Single(each => each.Name == header)]);
    }

    [TestCase(-301)]
    [TestCase(301)]
    [TestCase(-86_400)]
    [TestCase(86_400)]
    public async Task A_time_that_is_too_far_away_is_401(int seconds)
    {
        var body = Event();
        await AssertRefusedAsync(body, SignedBy.Headers(First, NewId(), Now.AddSeconds(seconds), body));
    }

    [Test]
    public async Task Another_secret_is_401()
    {
        var body = Event();
        await AssertRefusedAsync(body, SignedBy.Headers(RandomNumberGenerator.GetBytes(32), NewId(), Now, body));
    }

    [Test]
    public async Task A_body_that_was_changed_is_401()
    {
        var (id, body) = (NewId(), Event());
        await AssertRefusedAsync(body.Replace("10.00", "99.00", StringComparison.Ordinal), SignedBy.Headers(First, id, Now, body));
        await AssertRefusedAsync(body + " ", SignedBy.Headers(First, id, Now, body));
    }

    [Test]
    public async Task Of_what_is_not_signed_nothing_is_read_not_even_whether_it_is_JSON() =>
        await AssertRefusedAsync("{ no JSON", SignedBy.Headers(RandomNumberGenerator.GetBytes(32), NewId(), Now, "{ no JSON"));

    [Test]
    public async Task A_body_beyond_its_limit_is_refused_before_its_signature_is_looked_at()
    {
        var body = new string(' ', 300_000);
        Assert.That((await SendAsync(body, SignedBy.Headers(First, NewId(), Now, body))).Status, Is.EqualTo(413));
    }

    [Test]
    public async Task The_signature_alone_opens_nothing()
    {
        var body = Event();
        var answer = await ingest.PostAsync("/api/v1/partners/abacate/events", body, SignedBy.Headers(First, NewId(), Now, body));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, """{"error":"unauthorized"}""")));
    }

    [Test]
    public async Task A_captured_request_that_is_sent_again_has_one_effect_and_the_same_answer_and_later_none()
    {
        var body = Event();
        var headers = SignedBy.Headers(First, NewId(), Now, body);

        var first = await SendAsync(body, headers);
        var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(body, headers)));

        Assert.That(again, Has.All.EqualTo(first with { Replay = true }));
        Assert.That(await ingest.StoredAsync(first.WebhookId), Has.Count.EqualTo(1));
        ingest.Time.Advance(TimeSpan.FromSeconds(301));
        await AssertRefusedAsync(body, headers);
    }

    [Test]
    public async Task A_retry_with_the_same_id_and_a_new_time_is_the_same_fact()
    {
        var (id, body) = (NewId(), Event());
        var first = await SendAsync(body, SignedBy.Headers(First, id, Now, body));
        ingest.Time.Advance(TimeSpan.FromHours(30)); // longer than the window of the content
        var retry = await SendAsync(body, SignedBy.Headers(Second, id, Now, body));

        Assert.That(retry, Is.EqualTo(first with { Replay = true }));
    }

    [Test]
    public async Task The_same_content_under_another_id_is_another_fact_and_another_content_under_the_same_id_a_conflict()
    {
        var (id, body) = (NewId(), Event());
        var first = await SendAsync(body, SignedBy.Headers(First, id, Now, body));
        var other = NewId();
        Assert.That((await SendAsync(body, SignedBy.Headers(First, other, Now, body))).WebhookId, Is.Not.EqualTo(first.WebhookId));

        var changed = Event();
        Assert.That((await SendAsync(changed, SignedBy.Headers(First, id, Now, changed))).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task An_Idempotency_Key_goes_before_the_id()
    {
        var body = Event();
        var first = await SendAsync(body, [.. SignedBy.Headers(First, NewId(), Now, body), ("Idempotency-Key", "k-1")]);
        var second = await SendAsync(body, [.. SignedBy.Headers(First, NewId(), Now, body), ("Idempotency-Key", "k-1")]);
        Assert.That(second, Is.EqualTo(first with { Replay = true }));
    }

    [Test]
    public async Task Without_signing_a_webhook_id_means_nothing()
    {
        var body = Event();
        (string, string)[] headers = [("Authorization", "Bearer plain"), ("webhook-id", NewId())];
        var first = await ingest.PostAsync("/api/v1/partners/stripe/events", body, headers);
        var second = await ingest.PostAsync("/api/v1/partners/stripe/events", body, [headers[0], ("webhook-id", NewId())]);
        Assert.That(second, Is.EqualTo(first with { Replay = true }), "the content tells the repeat");
    }

    [Test]
    public async Task The_Events_API_takes_signed_events_and_batches_and_refuses_others_with_a_problem([Values("/api/v1/events", "/api/v1/events/batch")] string path)
    {
        var one = $$$"""{"id":"{{{NewId()}}}","type":"customer.registered","customer":{"phone":"+5511999990000"}}""";
        var body = path.EndsWith("batch", StringComparison.Ordinal) ? $$"""{"events":[{{one}}]}""" : one;

        var good = await ingest.PostAsync(path, body, [("Authorization", "Bearer signed-events"), .. SignedBy.Headers(First, NewId(), Now, body)]);
        var unsigned = await ingest.PostAsync(path, body, ("Authorization", "Bearer signed-events"));

        Assert.That(good.Status, Is.EqualTo(200), good.Body);
        Assert.That(unsigned.Status, Is.EqualTo(401));
        Assert.That(unsigned.Body, Does.Contain("\"code\":\"invalid_signature\"").And.Contain("\"status\":401"));
    }

    [Test]
    public async Task The_secrets_are_sealed_in_the_database_and_open_only_with_the_key()
    {
        var rows = await ingest.Database.QueryAsync("select signing from credentials where signing is not null", row => row.GetFieldValue<byte[]>(0), default);
        Assert.That(rows, Has.Count.EqualTo(2));
        foreach (var row in rows)
        {
            Assert.That(row.AsSpan().IndexOf(First) < 0 && row.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(First))) < 0, Is.True);
            Assert.That(Encoding.Latin1.GetString(row), Does.Not.Contain("whsec_").And.Not.Contain("Secrets"));
        }
        var stolen = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Assert.That(async () => await RunningIngest.StartAsync(database, """{"stores":[]}""", [("Secrets:Key", stolen)]),
            Throws.InstanceOf<CannotStartException>().With.Message.Contains("signing secrets of store 'alpha' cannot be read"));
    }

    [Test]
    public async Task A_secret_that_left_the_bundle_is_no_longer_good()
    {
        var own = await FreshDatabase.CreateAsync(engine);
        var body = Event();
        await using (var before = await StartAsync(own, First, Second))
            Assert.That((await PartnerAsync(before, body, SignedBy.Headers(First, NewId(), before.Time.GetUtcNow(), body))).Status, Is.EqualTo(200));

        await using var after = await StartAsync(own, Second);

        Assert.That((await PartnerAsync(after, body, SignedBy.Headers(Second, NewId(), after.Time.GetUtcNow(), body))).Status, Is.EqualTo(200));
        Assert.That((await PartnerAsync(after, body, SignedBy.Headers(First, NewId(), after.Time.GetUtcNow(), body))).Status, Is.EqualTo(401));
    }

    private static Task<RunningIngest> StartAsync(string database, params byte[][] secrets)
    {
        var signing = $$"""{"secrets":[{{string.Join(',', secrets.Select(secret => $"\"whsec_{Convert.ToBase64String(secret)}\""))}}],"toleranceSeconds":300}""";
        return RunningIngest.StartAsync(database,
            $$"""
            {"stores":[{"id":"alpha","credentials":[
              {"source":"partner","channel":"abacate","token":"signed","signing":{{signing}}},
              {"source":"events","token":"signed-events","signing":{{signing}}},
              {"source":"partner","channel":"stripe","token":"plain"}]}]}
            """,
            [("Secrets:Key", Key)]);
    }

    private DateTimeOffset Now => ingest.Time.GetUtcNow();

    private static string NewId() => $"msg_{Interlocked.Increment(ref made)}";

    private static string Event() =>
        $$"""{"event":"payment.failed","phone":"5511{{900000000 + Interlocked.Increment(ref made)}}","customer":"Ana","store":"Loja","value":10.00,"url":"https://loja.example/1"}""";

    private Task<Answer> SendAsync(string body, (string, string)[] headers) => PartnerAsync(ingest, body, headers);

    private static Task<Answer> PartnerAsync(RunningIngest ingest, string body, (string, string)[] headers) =>
        ingest.PostAsync("/api/v1/partners/abacate/events", body, [("Authorization", "Bearer signed"), .. headers]);

    private async Task AssertRefusedAsync(string body, (string, string)[] headers)
    {
        var stored = (await ingest.StoredAsync()).Count;
        Assert.That(await SendAsync(body, headers), Is.EqualTo(new Answer(401, """{"error":"invalid_signature"}""", null, false, null)));
        Assert.That(await ingest.StoredAsync(), Has.Count.EqualTo(stored), "nothing of it is kept");
    }
}
