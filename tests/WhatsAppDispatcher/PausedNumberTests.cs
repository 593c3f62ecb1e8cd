using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>A number whose token the gateway refuses: it is not hammered, nothing is lost, and no other number notices.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class PausedNumberTests(Engine engine)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private TwoNumbers numbers = null!;

    [SetUp]
    public async Task CreateAsync() => numbers = await TwoNumbers.CreateAsync(engine);

    [TearDown]
    public async Task DisposeAsync() => await numbers.DisposeAsync();

    [Test]
    public async Task One_request_in_the_first_minute_then_one_a_minute_and_all_when_the_token_is_good_again()
    {
        await numbers.StartDispatcherAsync();
        await numbers.FaultAsync("unauthorized");
        var waiting = numbers.Messages(5);
        await numbers.QueueAsync(waiting);
        await numbers.LookAsync();

        await numbers.PassAsync(Minute - TimeSpan.FromSeconds(2), looks: 20);
        Assert.That((numbers.Requests(), numbers.Requests(TwoNumbers.Beta)), Is.EqualTo((1, 21)), "one of alpha's, and beta is not concerned");
        for (var probes = 1; probes <= 3; probes++)
        {
            await numbers.PassAsync(TimeSpan.FromSeconds(4));
            Assert.That(numbers.Requests(), Is.EqualTo(1 + probes));
            await numbers.PassAsync(Minute - TimeSpan.FromSeconds(4));
            Assert.That(numbers.Requests(), Is.EqualTo(1 + probes));
        }
        foreach (var message in waiting)
            Assert.That(await numbers.StandingAsync(message), Is.EqualTo(("waiting", 0, (string?)null)), "no attempt is used up");

        await numbers.BeWellAsync();
        await numbers.PassAsync(TimeSpan.FromSeconds(4));
        foreach (var message in waiting)
            await numbers.WaitForAsync(message, "sent");
        Assert.That((numbers.Requests(), await numbers.AcceptedAsync()), Is.EqualTo((4 + waiting.Length, waiting.Length)), "each once");
        Assert.That(await numbers.PausesAsync(), Is.Empty);
        Assert.That(numbers.Log.OfPauses, Is.EqualTo(new[]
        {
            "Warning: Number NUMBER_alpha of store alpha is paused: the gateway refuses its token. One message at a time tries again",
            "Warning: Number NUMBER_alpha of store alpha is no longer paused (token_refused), after " + After(numbers.Log),
        }));
    }

    [Test]
    public async Task What_is_under_way_at_the_first_refusal_is_all_that_reaches_the_gateway()
    {
        const int Hands = 8;
        await numbers.StartDispatcherAsync(Hands);
        await numbers.FaultAsync("unauthorized");
        var waiting = numbers.Messages(40);
        await numbers.QueueAsync(waiting);
        await numbers.UntilAsync(async () => (await numbers.PausesAsync()).Count == 1, "the number is paused");

        await numbers.PassAsync(Minute - TimeSpan.FromSeconds(2), looks: 10);
        var underWay = numbers.Requests();
        Assert.That(underWay, Is.InRange(1, Hands));
        await numbers.PassAsync(TimeSpan.FromSeconds(30));
        await numbers.AssertRequestsAsync(underWay + 1, "a probe, not a burst");

        await numbers.BeWellAsync();
        await numbers.PassAsync(Minute);
        foreach (var message in waiting)
            await numbers.WaitForAsync(message, "sent");
        Assert.That(await numbers.AcceptedAsync(), Is.EqualTo(waiting.Length));
        Assert.That(numbers.Log.OfPauses.Count(), Is.EqualTo(2), "said once, and once that it is over");
    }

    [Test]
    public async Task A_send_that_was_under_way_and_succeeds_does_not_end_the_pause()
    {
        await numbers.StartDispatcherAsync(concurrency: 2);
        await numbers.FaultsAsync(TwoNumbers.FaultOfAlpha("slow", ",\"phone\":\"5511900000001\",\"delayMs\":4000"), TwoNumbers.FaultOfAlpha("unauthorized"));
        var slow = numbers.Message(phone: "5511900000001");
        await numbers.QueueAsync(slow);
        await numbers.UntilAsync(async () => (await numbers.StandingAsync(slow)).Status == "sending", "it is under way");
        await numbers.QueueAsync(numbers.Message());
        await numbers.UntilAsync(async () => (await numbers.PausesAsync()).Count == 1, "the number is paused");
        Assert.That((await numbers.StandingAsync(slow)).Status, Is.EqualTo("sending"), "else this shows nothing");

        await numbers.WaitForAsync(slow, "sent");
        await numbers.PassAsync(Minute / 2);

        Assert.That(await numbers.PausesAsync(), Is.EqualTo(new[] { "alpha token_refused" }));
        Assert.That(numbers.Requests(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_claimed_but_not_armed_when_the_pause_begins_goes_back()
    {
        await numbers.PrepareDispatcherAsync();
        await numbers.FaultAsync("unauthorized");
        var (claimed, first) = (numbers.Message(), numbers.Message());
        await numbers.QueueAsync(claimed, first);
        await numbers.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "update messages set status = 'claimed', claim = @claim, lease_until = @lease where message_id = @id", default,
            ("claim", Guid.NewGuid()), ("lease", numbers.Time.GetUtcNow().AddHours(1)), ("id", claimed.MessageId)), default);

        await numbers.StartAsync();
        await numbers.UntilAsync(async () => (await numbers.PausesAsync()).Count == 1, "the number is paused");

        Assert.That((await numbers.StandingAsync(claimed)).Status, Is.EqualTo("waiting"), "long before its lease is over");
        Assert.That(numbers.Requests(), Is.EqualTo(1));
    }

    [TestCase("claimed", "waiting")]
    [TestCase("sending", "uncertain")]
    public async Task While_a_probe_is_under_way_there_is_no_other_and_when_its_process_dies_there_is_one(string left, string settled)
    {
        await numbers.PrepareDispatcherAsync();
        await numbers.FaultAsync("unauthorized");
        var waiting = numbers.Messages(4);
        await numbers.QueueAsync(waiting);
        await LeaveProbeAsync(waiting[0].MessageId, left, lease: TimeSpan.FromSeconds(90));
        await numbers.StartAsync();

        await numbers.PassAsync(TimeSpan.FromSeconds(80), looks: 10);
        Assert.That(numbers.Requests(), Is.Zero, "its minute is over, but it may still be under way");
        await numbers.PassAsync(TimeSpan.FromSeconds(20), looks: 10);
        await numbers.UntilAsync(() => Task.FromResult(numbers.Requests() > 0), "the next probe goes");
        await numbers.PassAsync(TimeSpan.FromSeconds(30), looks: 10);

        Assert.That(numbers.Requests(), Is.EqualTo(1), "one, not all");
        Assert.That((await numbers.StandingAsync(waiting[0])).Status, Is.EqualTo(settled));
    }

    [Test]
    public async Task What_expires_meanwhile_is_told_so()
    {
        await numbers.StartDispatcherAsync();
        await numbers.FaultAsync("unauthorized");
        var (first, brief, lasting) = (numbers.Message(), numbers.Message(expiresAfter: TimeSpan.FromSeconds(30)), numbers.Message());
        await numbers.QueueAsync(first, brief, lasting);
        await numbers.LookAsync();

        await numbers.PassAsync(TimeSpan.FromSeconds(40), looks: 10);
        await numbers.WaitForAsync(brief, "suppressed");

        Assert.That((await numbers.StandingAsync(brief)).Reason, Is.EqualTo(Reasons.Expired));
        Assert.That(numbers.Requests(), Is.EqualTo(1));
        await numbers.BeWellAsync();
        await numbers.PassAsync(Minute);
        await numbers.WaitForAsync(lasting, "sent");
        await numbers.WaitForAsync(first, "sent");
        Assert.That(await numbers.AcceptedAsync(), Is.EqualTo(2));
    }

    [TestCase("second-token", 2)]
    [TestCase("first-token", 1)]
    public async Task Other_settings_are_tried_at_once_and_the_same_ones_are_not(string token, int requests)
    {
        await numbers.StartDispatcherAsync(token: "first-token");
        await numbers.FaultAsync("unauthorized");
        await numbers.QueueAsync(numbers.Messages(3));
        await numbers.LookAsync();
        await numbers.StopDispatchersAsync();

        await numbers.StartDispatcherAsync(token: token);
        await numbers.PassAsync(TimeSpan.FromSeconds(20), looks: 10);

        Assert.That(numbers.Requests(), Is.EqualTo(requests), "one, not all: the new token may be wrong as well");
    }

    [Test]
    public async Task A_new_token_that_is_good_lets_all_go_at_once()
    {
        await numbers.StartDispatcherAsync(token: "first-token");
        await numbers.FaultAsync("unauthorized");
        var waiting = numbers.Messages(3);
        await numbers.QueueAsync(waiting);
        await numbers.LookAsync();
        await numbers.StopDispatchersAsync();
        await numbers.BeWellAsync();

        await numbers.StartDispatcherAsync(token: "second-token");
        await numbers.PassAsync(TimeSpan.FromSeconds(5));
        foreach (var message in waiting)
            await numbers.WaitForAsync(message, "sent");

        Assert.That(await numbers.AcceptedAsync(), Is.EqualTo(waiting.Length));
    }

    [Test]
    public async Task A_paused_number_whose_phone_is_disconnected_is_not_even_tried()
    {
        await numbers.StartDispatcherAsync();
        await numbers.FaultAsync("unauthorized");
        await numbers.QueueAsync(numbers.Messages(2));
        await numbers.LookAsync();

        await numbers.ConnectAsync(false);
        await numbers.PassAsync(Minute * 3, looks: 10);
        Assert.That(numbers.Requests(), Is.EqualTo(1));
        await numbers.ConnectAsync(true);
        await numbers.PassAsync(TimeSpan.FromSeconds(5));
        Assert.That(numbers.Requests(), Is.EqualTo(2), "connected is not accepted: still one at a time");
    }

    [Test]
    public async Task A_gateway_that_asks_to_wait_gets_nothing_of_the_number_until_then_and_one_message_first()
    {
        await numbers.StartDispatcherAsync();
        await numbers.FaultAsync("too-many-requests", ",\"retryAfterSeconds\":90,\"times\":2");
        var waiting = numbers.Messages(5);
        await numbers.QueueAsync(waiting);
        await numbers.LookAsync();

        await numbers.PassAsync(TimeSpan.FromSeconds(85), looks: 10);
        Assert.That(numbers.Requests(), Is.EqualTo(1));
        await numbers.PassAsync(TimeSpan.FromSeconds(10), looks: 10);
        Assert.That(numbers.Requests(), Is.EqualTo(2), "it asks again");
        await numbers.PassAsync(TimeSpan.FromSeconds(95), looks: 10);
        foreach (var message in waiting)
            await numbers.WaitForAsync(message, "sent");

        Assert.That((numbers.Requests(), await numbers.AcceptedAsync()), Is.EqualTo((2 + waiting.Length, waiting.Length)));
        Assert.That(numbers.Log.OfPauses, Has.All.StartsWith("Information").And.Exactly(2).Items, "nothing to be alarmed by");
    }

    /// <summary>A probe that another process has taken, a minute ago.</summary>
    private Task LeaveProbeAsync(Guid message, string status, TimeSpan lease) => numbers.Database.InTransactionAsync(async transaction =>
    {
        var (claim, now) = (Guid.NewGuid(), numbers.Time.GetUtcNow());
        await transaction.ExecuteAsync("update messages set status = @status, claim = @claim, lease_until = @lease where message_id = @id", default,
            ("status", status), ("claim", claim), ("lease", now + lease), ("id", message));
        await transaction.ExecuteAsync(
            "insert into pauses (store_id, instance_id, reason, began_at, next_probe_at, probe) select store_id, instance_id, 'token_refused', @now, @now, claim from messages where message_id = @id",
            default, ("now", now), ("id", message));
    }, default);

    private static string After(TwoNumbers.LogLines log) => log.OfPauses.Last().Split(' ')[^1];
}

/// <summary>Replicas share the pause through the database; SQLite has one process.</summary>
public sealed class SharedPauseTests
{
    [Test]
    public async Task Two_dispatchers_send_one_probe_a_minute_between_them()
    {
        await using var numbers = await TwoNumbers.CreateAsync(Engine.Postgres);
        await numbers.StartDispatcherAsync(concurrency: 4);
        await numbers.StartDispatcherAsync(concurrency: 4);
        await numbers.FaultAsync("unauthorized");
        var waiting = numbers.Messages(30);
        await numbers.QueueAsync(waiting);
        await numbers.UntilAsync(async () => (await numbers.PausesAsync()).Count == 1, "the number is paused");
        await numbers.PassAsync(TimeSpan.FromSeconds(55), looks: 30);
        var underWay = numbers.Requests();
        Assert.That(underWay, Is.InRange(1, 8));

        for (var probes = 1; probes <= 3; probes++)
        {
            await numbers.PassAsync(TimeSpan.FromSeconds(15), looks: 20);
            await numbers.AssertRequestsAsync(underWay + probes, "one of both");
            await numbers.PassAsync(TimeSpan.FromSeconds(45), looks: 20);
            Assert.That(numbers.Requests(), Is.EqualTo(underWay + probes), "none before a minute is over");
        }
        await numbers.BeWellAsync();
        await numbers.PassAsync(TimeSpan.FromSeconds(30), looks: 20);
        foreach (var message in waiting)
            await numbers.WaitForAsync(message, "sent");
        Assert.That(await numbers.AcceptedAsync(), Is.EqualTo(waiting.Length), "each once");
        Assert.That(numbers.Log.OfPauses.Count(), Is.EqualTo(2));
    }
}
