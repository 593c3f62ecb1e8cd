using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Recado.Ingest.Entrance;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>A sender that comes too often is told when to come again, in the form of its document; others notice nothing.</summary>
public sealed class RateLimitTests
{
    private static readonly (string, string)[] Tight =
    [
        ("Ingest:RateLimit:PerSecond", "1"), ("Ingest:RateLimit:Burst", "5"), ("Ingest:RateLimit:CallbacksPerSecond", "1"), ("Ingest:RateLimit:CallbackBurst", "5"),
    ];

    [TestCase("/webhooks/wiapy", "alpha-wiapy", 503)]
    [TestCase("/webhooks/abandoned-cart", "alpha-cart", 503)]
    [TestCase("/webhooks/abandoned-cart/alpha-cart", null, 503)]
    [TestCase("/webhooks/ezapi/alpha-ezapi", null, 503)]
    [TestCase("/api/v1/partners/abacate/events", "Bearer alpha-abacate", 429)]
    [TestCase("/api/v1/events", "Bearer alpha-events", 429)]
    public async Task What_is_too_much_is_refused_with_the_time_to_come_again(string path, string? authorization, int status)
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), Tight);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ingest.PostAsync(path, "{}", authorization is null ? [] : [("Authorization", authorization)])));

        var refused = answers.Where(answer => answer.Status == status).ToList();
        Assert.That(answers.Count(answer => answer.Status is 200 or 400), Is.EqualTo(60 - refused.Count).And.AtLeast(5), "the burst is let in");
        Assert.That(refused, Has.Count.GreaterThan(30));
        Assert.That(refused.Select(answer => answer.RetryAfter), Has.All.EqualTo("1"));
        foreach (var answer in refused)
            Assert.That(path == "/api/v1/events" ? CodeOf(answer) : answer.Body, Is.EqualTo(path == "/api/v1/events" ? "too_many_requests" : """{"error":"too_many_requests"}"""));
        Assert.That((await ingest.WiapyAsync("{}", "beta-wiapy")).Status, Is.EqualTo(200), "another store is let in");
        Answer? later = null;
        await Until.TrueAsync(async () => (later = await ingest.PostAsync(path, "{}", authorization is null ? [] : [("Authorization", authorization)])).Status != status, TimeSpan.FromSeconds(60), "it is let in again");
        Assert.That(later!.Status, Is.EqualTo(200).Or.EqualTo(400));
    }

    [Test]
    public async Task Zero_means_no_limit()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Ingest:RateLimit:PerSecond", "0"), ("Ingest:RateLimit:Burst", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ingest.WiapyAsync("{}")));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
    }

    [Test]
    public async Task Each_event_of_a_batch_counts()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Ingest:RateLimit:PerSecond", "1"), ("Ingest:RateLimit:Burst", "100"));
        var batch = $$"""{"events":[{{string.Join(',', Enumerable.Repeat("{}", 80))}}]}""";

        Assert.That((await ingest.BatchAsync(batch)).Status, Is.EqualTo(200));
        var second = await ingest.BatchAsync(batch);

        Assert.That((second.Status, CodeOf(second)), Is.EqualTo((429, "too_many_requests")));
        Assert.That(int.Parse(second.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 80));
    }

    [TestCase("/webhooks/wiapy", "guess", 503)]
    [TestCase("/webhooks/ezapi/guess", null, 503)]
    [TestCase("/api/v1/partners/abacate/events", "Bearer guess", 429)]
    [TestCase("/api/v1/events", "Bearer guess", 429)]
    public async Task An_address_that_guesses_is_told_to_wait_whatever_headers_it_brings(string path, string? authorization, int status)
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Ingest:RateLimit:FailuresPerMinute", "5"));

        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ingest.PostAsync("/webhooks/wiapy", "{}", ("Authorization", $"guess-{i}"), ("X-Forwarded-For", $"198.51.100.{i}"))));
        var next = await ingest.PostAsync(path, "{}", authorization is null ? [("X-Forwarded-For", "203.0.113.9")] : [("Authorization", authorization), ("X-Forwarded-For", "203.0.113.9")]);

        Assert.That(guesses.Count(answer => answer.Status == 401), Is.InRange(5, 20));
        Assert.That(guesses.Where(answer => answer.Status != 401), Has.All.Property("Status").EqualTo(503).And.All.Property("RetryAfter").Not.Null);
        Assert.That(next.Status, Is.EqualTo(status));
        Assert.That(next.Body, Does.Contain("too_many_failures"));
        Assert.That(int.Parse(next.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 60));
        Assert.That((await ingest.WiapyAsync("{}")).Status, Is.EqualTo(200), "whoever shares the address and has a good token is let in");
    }

    [Test]
    public async Task Who_goes_on_guessing_is_heard_no_more_often_than_the_limit()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Ingest:RateLimit:FailuresPerMinute", "5"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (guesses, heard) = (0, 0);

        for (; clock.Elapsed < TimeSpan.FromSeconds(2) || guesses < 50; guesses++) // the limiter counts on ten times a second
            if ((await ingest.PostAsync("/webhooks/wiapy", "{}", ("Authorization", $"guess-{guesses}"))).Status == 401)
                heard++;

        Assert.That(heard, Is.InRange(5, 6 + (int)(clock.Elapsed.TotalMinutes * 5)), $"of {guesses} guesses in {clock.Elapsed}");
    }

    [Test]
    public async Task Behind_a_trusted_proxy_the_address_is_that_of_its_client()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite),
            ("Ingest:RateLimit:FailuresPerMinute", "5"), ("Server:TrustedProxies", "10.0.0.0/8, 127.0.0.0/8"));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ingest.PostAsync("/webhooks/wiapy", "{}", ("Authorization", $"guess-{i}"), ("X-Forwarded-For", "6.6.6.6, 203.0.113.1"))));

        Assert.That((await FromAsync("203.0.113.1")).Status, Is.EqualTo(503), "the last one that a proxy saw");
        Assert.That((await FromAsync("203.0.113.2")).Status, Is.EqualTo(401));
        Assert.That((await FromAsync("6.6.6.6")).Status, Is.EqualTo(401), "what a client claims counts for nothing");

        Task<Answer> FromAsync(string address) => ingest.PostAsync("/webhooks/wiapy", "{}", ("Authorization", "another guess"), ("X-Forwarded-For", address));
    }

    [Test]
    public async Task Tokens_that_are_good_lock_nobody_out()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Ingest:RateLimit:FailuresPerMinute", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ingest.WiapyAsync("{}")));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
    }

    [Test]
    public void A_million_addresses_take_no_more_memory_than_there_are_places()
    {
        using var attempts = new FailedAttempts(Options.Create(new RateLimitOptions()));
        var random = new Random(4);
        var address = new byte[16];
        var places = new HashSet<int>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 1_000_000; i++)
        {
            random.NextBytes(address);
            attempts.Note(new IPAddress(address));
            places.Add(FailedAttempts.PlaceOf(new IPAddress(address)));
        }
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Out.WriteLine($"{places.Count} places, {kept / 1024} KiB");
        Assert.That(places, Has.Count.InRange(FailedAttempts.Places - 10, FailedAttempts.Places), "they are spread over all places");
        Assert.That(kept, Is.LessThan(20_000_000));
        GC.KeepAlive(attempts);
    }

    [TestCase("203.0.113.1", "::ffff:203.0.113.1")]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    public void Who_has_one_of_these_addresses_has_the_other(string one, string other) =>
        Assert.That(FailedAttempts.PlaceOf(IPAddress.Parse(one)), Is.EqualTo(FailedAttempts.PlaceOf(IPAddress.Parse(other))));

    private static string? CodeOf(Answer answer) => (string?)JsonNode.Parse(answer.Body)!["code"];
}
