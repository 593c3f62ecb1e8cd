using Recado.Contracts;
using Recado.Normalizer;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Normalizer;

/// <summary>The quarantine from the command line, while the service runs.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class QuarantineVerbTests(Engine engine)
{
    private const string Paid = """{"payment":{"id":"6812a0f4cc58d1620569ff01","status":"paid","amount":4700,"payment_method":"pix"},"customer":{"name":"Zimbrolina","mobile_phone":"(11) 97777-0001"}}""";
    private static readonly string Unknown = Paid.Replace("paid", "teleported", StringComparison.Ordinal);

    private string _database = "";
    private RunningNormalizer _normalizer = null!;
    private ServiceProcess _process = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await FreshDatabase.CreateAsync(engine);
        _normalizer = await RunningNormalizer.StartAsync(_database);
        _process = new ServiceProcess("Normalizer", new Dictionary<string, string> { ["Broker"] = "memory", ["Database"] = _database });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _process.DisposeAsync();
        await _normalizer.DisposeAsync();
    }

    [Test]
    public async Task The_list_says_what_and_why_and_never_what_was_in_it()
    {
        var (theirs, others) = (RunningNormalizer.Webhook(Sources.Wiapy, Unknown), RunningNormalizer.Webhook(Sources.Partner, Unknown, store: "beta"));
        await _normalizer.QuarantineAsync(QuarantineReasons.UnknownStatus, theirs, others);

        var all = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "list"));
        var one = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "list", "--store=beta", "--source", "partner"));
        var none = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "list", "--since=2999-01-01T00:00:00Z"));
        var first = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "list", "--limit=1"));

        Assert.That(all, Has.Count.EqualTo(3));
        Assert.That(all[0], Does.Match($"^{theirs.WebhookId} alpha wiapy unknown_status old.field, .*Z, quarantined$"));
        Assert.That(all[1], Does.StartWith($"{others.WebhookId} beta partner unknown_status"));
        Assert.That(one.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { $"{others.WebhookId}", "1" }));
        Assert.That(none, Is.EqualTo(new[] { "0 listed" }));
        Assert.That(first[^1], Is.EqualTo("1 listed, perhaps there are more"));
        Assert.That(string.Join('\n', all), Does.Not.Contain("Zimbrolina").And.Not.Contain("97777"));
    }

    [Test]
    public async Task A_replay_by_filter_tries_those_that_are_meant_and_no_others()
    {
        var (theirs, others) = (RunningNormalizer.Webhook(Sources.Wiapy, Paid), RunningNormalizer.Webhook(Sources.Wiapy, Paid, store: "beta"));
        var still = RunningNormalizer.Webhook(Sources.Wiapy, Unknown);
        await _normalizer.QuarantineAsync(QuarantineReasons.UnknownStatus, theirs, others, still);

        var said = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "replay", "--store", "alpha", "--reason", "unknown_status"));

        Assert.That(said, Is.EqualTo(new[] { "alpha: 1 replayed, 1 still quarantined, 0 refused" }));
        Assert.That(await _normalizer.PublishedAsync(theirs), Is.EquivalentTo(new[] { "recado.commerce-event", "recado.webhook-replayed" }));
        Assert.That(await _normalizer.PublishedAsync(others), Is.Empty);
        Assert.That(await _normalizer.CountAsync("select count(*) from quarantine where replayed_at is null"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_replay_by_id_finds_the_store_by_itself_and_says_the_same_again()
    {
        var others = RunningNormalizer.Webhook(Sources.Wiapy, Paid, store: "beta");
        await _normalizer.QuarantineAsync(QuarantineReasons.UnknownStatus, others);

        var first = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "replay", $"--id={others.WebhookId}"));
        var second = Spoken.LinesOf(await _process.RunToEndAsync("quarantine", "replay", $"--id={others.WebhookId}"));

        Assert.That(first, Is.EqualTo(new[] { "beta: 1 replayed, 0 still quarantined, 0 refused" }));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await _normalizer.PublishedAsync(others), Has.Count.EqualTo(2), "told once");
        RefusedStart.AssertSaid(await _process.RunToEndAsync("quarantine", "replay", $"--id={others.WebhookId}", "--store=alpha"),
            "normalizer cannot start: quarantine replay: no such webhook is in quarantine there.");
    }

    [TestCase("normalizer cannot start: quarantine replay takes --id, or at least one of --store, --source, --reason and --since.", "replay")]
    [TestCase("normalizer cannot start: quarantine --since: Use ISO 8601, for example 2026-01-31T00:00:00Z.", "list", "--since=yesterday")]
    [TestCase("normalizer cannot start: quarantine --limit: Give a number from 1 to 1000.", "list", "--limit=0")]
    [TestCase("normalizer cannot start: quarantine replay takes either --id or filters.", "replay", "--id=6812a0f4-cc58-4162-8569-ff01ff01ff01", "--source=wiapy")]
    public async Task What_would_mean_everything_or_nothing_is_refused(string sentence, params string[] arguments) =>
        RefusedStart.AssertSaid(await _process.RunToEndAsync(["quarantine", .. arguments]), sentence);
}
