using Recado.Contracts;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>A message from the queue to the gateway, and what is written down about it.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class SendingTests(Engine engine)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Test]
    public async Task A_message_is_sent_once()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var messages = Enumerable.Range(0, 50).Select(_ => RunningDispatcher.Message()).ToArray();

        await dispatcher.QueueAsync(messages);
        foreach (var message in messages)
            Assert.That((await dispatcher.WaitForAsync(message.MessageId, "sent")).GatewayMessageId, Is.Not.Null);

        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(messages.Length));
        Assert.That(await dispatcher.NewsAsync(messages[0].MessageId), Is.EqualTo(new[] { "sent" }));
    }

    [TestCase("bad-request", "failed", Reasons.GatewayRejected)]
    [TestCase("server-error", "uncertain", Reasons.UnclearAnswer)]
    [TestCase("server-error-after-accept", "uncertain", Reasons.UnclearAnswer)]
    [TestCase("lost-response", "uncertain", Reasons.NoAnswer)]
    [TestCase("invalid-json", "uncertain", Reasons.UnclearAnswer)]
    [TestCase("no-id", "uncertain", Reasons.UnclearAnswer)]
    [TestCase("timeout-after-accept", "uncertain", Reasons.NoAnswer)]
    public async Task What_went_wrong_is_named_and_never_tried_again(string fault, string status, string reason)
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, settings: ("Dispatcher:SendTimeout", "00:00:01"));
        await dispatcher.Gateway.BehaveWithFaultAsync(fault);
        var message = RunningDispatcher.Message();

        await dispatcher.QueueAsync(message);

        Assert.That(await dispatcher.WaitForAsync(message.MessageId, status), Is.EqualTo(new Standing(status, 0, reason, null)));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { $"{status} {reason}" }));
    }

    [Test]
    public async Task What_could_not_be_armed_is_tried_again_before_its_lease_is_over()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, settings: ("Dispatcher:Lease", "01:00:00"));
        await ExecuteAsync(dispatcher, engine == Engine.Sqlite
            ? ["create trigger refuse before update on messages when new.status = 'sending' begin select raise(abort, 'refused'); end"]
            : ["create function refuse() returns trigger language plpgsql as 'begin raise exception $$refused$$; end'",
                "create trigger refuse before update on messages for each row when (new.status = 'sending') execute function refuse()"]);
        var message = RunningDispatcher.Message();

        await dispatcher.QueueAsync(message);
        await Until.TrueAsync(async () => (await DueAsync(dispatcher, message.MessageId)) > DateTimeOffset.UtcNow.AddMilliseconds(500), TimeSpan.FromSeconds(90), "it waits");
        Assert.That(await dispatcher.StandingAsync(message.MessageId), Is.EqualTo(new Standing("waiting", 0, null, null)));
        await ExecuteAsync(dispatcher, engine == Engine.Sqlite ? ["drop trigger refuse"] : ["drop trigger refuse on messages"]);

        await dispatcher.WaitForAsync(message.MessageId, "sent");
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(1));
    }

    private static async Task ExecuteAsync(RunningDispatcher dispatcher, string[] statements)
    {
        foreach (var statement in statements)
            await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(statement, default), default);
    }

    [TestCase("too-many-requests")]
    [TestCase("unauthorized")]
    public async Task What_was_certainly_not_sent_waits_for_another_attempt(string fault)
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveWithFaultAsync(fault, ",\"times\":1");
        var message = RunningDispatcher.Message();

        await dispatcher.QueueAsync(message);
        await Until.TrueAsync(async () => (await DueAsync(dispatcher, message.MessageId)) > DateTimeOffset.UtcNow.AddMilliseconds(500), TimeSpan.FromSeconds(90), "it waits");

        Assert.That(await dispatcher.StandingAsync(message.MessageId), Is.EqualTo(new Standing("waiting", 0, null, null)));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.Empty);
    }

    [Test]
    public async Task After_too_many_requests_it_is_sent_all_the_same()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveWithFaultAsync("too-many-requests", ",\"times\":1");
        var message = RunningDispatcher.Message();

        await dispatcher.QueueAsync(message);
        await dispatcher.WaitForAsync(message.MessageId, "sent");

        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_store_without_a_gateway_fails_at_once()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var message = RunningDispatcher.Message(store: "beta");

        await dispatcher.QueueAsync(message);

        Assert.That(await dispatcher.StandingAsync(message.MessageId), Is.EqualTo(new Standing("failed", 0, Reasons.NoGateway, null)));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { $"failed {Reasons.NoGateway}" }));
    }

    [Test]
    public async Task What_has_expired_is_suppressed_before_the_wire()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var message = RunningDispatcher.Message(expiresAt: Now.AddSeconds(-1));

        await dispatcher.QueueAsync(message);

        Assert.That((await dispatcher.WaitForAsync(message.MessageId, "suppressed")).Reason, Is.EqualTo(Reasons.Expired));
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Is.Empty);
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { $"suppressed {Reasons.Expired}" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_called_back_is_not_sent_whichever_comes_first(bool cancelledFirst)
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var (called, other) = (RunningDispatcher.Message(), RunningDispatcher.Message());

        if (cancelledFirst)
            await dispatcher.CancelAsync(called.MessageId);
        await dispatcher.QueueAsync(called, other);
        if (!cancelledFirst)
            await dispatcher.CancelAsync(called.MessageId);
        await dispatcher.StartAsync();
        await dispatcher.WaitForAsync(other.MessageId, "sent");

        Assert.That(await dispatcher.StandingAsync(called.MessageId), Is.EqualTo(new Standing("suppressed", 0, Reasons.Cancelled, null)));
        Assert.That(await dispatcher.NewsAsync(called.MessageId), Is.EqualTo(new[] { $"suppressed {Reasons.Cancelled}" }));
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_already_sent_cannot_be_called_back()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);
        await dispatcher.WaitForAsync(message.MessageId, "sent");

        await dispatcher.CancelAsync(message.MessageId);

        Assert.That((await dispatcher.StandingAsync(message.MessageId)).Status, Is.EqualTo("sent"));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { "sent" }));
    }

    [Test]
    public async Task A_message_that_comes_twice_is_queued_once()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var message = RunningDispatcher.Message();

        await dispatcher.QueueAsync(message);
        await dispatcher.WaitForAsync(message.MessageId, "sent");
        await dispatcher.QueueAsync(message);

        Assert.That((await dispatcher.StandingAsync(message.MessageId)).Status, Is.EqualTo("sent"));
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task While_the_phone_is_disconnected_messages_wait()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.ConnectAsync(false, Now);
        await dispatcher.ConnectAsync(true, Now.AddMinutes(-1)); // late news do not count
        var message = RunningDispatcher.Message();
        var unheld = RunningDispatcher.Message(store: "beta");

        await dispatcher.QueueAsync(message, unheld);
        await dispatcher.WaitForAsync(unheld.MessageId, "failed");
        Assert.That((await dispatcher.StandingAsync(message.MessageId)).Status, Is.EqualTo("waiting"));

        await dispatcher.ConnectAsync(true, Now.AddMinutes(1));
        await dispatcher.WaitForAsync(message.MessageId, "sent");
    }

    [TestCase("claimed", "sent", null, 1)] // nothing can have left
    [TestCase("sending", "uncertain", Reasons.ProcessDied, 0)] // it may have
    public async Task What_a_dead_process_left_is_settled(string left, string settled, string? reason, int sent)
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);
        await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "update messages set status = @status, claim = @claim, lease_until = @until", default, ("status", left), ("claim", Guid.NewGuid()), ("until", Now.AddSeconds(-1))), default);

        await dispatcher.StartAsync();

        Assert.That((await dispatcher.WaitForAsync(message.MessageId, settled)).Reason, Is.EqualTo(reason));
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(sent));
    }

    [Test]
    public async Task What_was_told_as_uncertain_and_was_not_sent_fails_instead_of_waiting_again()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var (message, under) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await dispatcher.QueueAsync(message, under);
        var claim = Guid.NewGuid();
        foreach (var (id, status, reason, lease) in ((Guid, string, string?, DateTimeOffset?)[])[(message.MessageId, "uncertain", Reasons.ProcessDied, null), (under.MessageId, "sending", null, Now.AddMinutes(1))])
            await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
                "update messages set status = @status, reason = @reason, claim = @claim, lease_until = @lease where message_id = @id", default,
                ("status", status), ("reason", reason), ("claim", claim), ("lease", lease), ("id", id)), default);

        // The process that had it in its hands is back. The journey has gone on meanwhile: nobody could call it back any more.
        await dispatcher.EndAsync(claim, SendOutcome.NotSent(Reasons.GatewayUnreachable, "armed too long ago", counts: false), message, under);

        Assert.That(await dispatcher.StandingAsync(message.MessageId), Is.EqualTo(new Standing("failed", 0, Reasons.GatewayUnreachable, null)));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { $"failed {Reasons.GatewayUnreachable}" }));
        Assert.That(await dispatcher.StandingAsync(under.MessageId), Is.EqualTo(new Standing("waiting", 0, null, null)), "of which nothing was told");
        Assert.That(await dispatcher.NewsAsync(under.MessageId), Is.Empty);
    }

    [Test]
    public async Task A_gateway_that_a_replica_has_taken_in_is_used_before_this_process_has_read_of_it()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.ConnectAsync(false, Now);
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);

        await dispatcher.TakeInGatewayAsync("INSTANCE_NEW");
        await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update messages set instance_id = 'INSTANCE_NEW'", default), default);

        Assert.That((await dispatcher.WaitForAsync(message.MessageId, "sent")).Reason, Is.Null);
    }

    private static async Task<DateTimeOffset> DueAsync(RunningDispatcher dispatcher, Guid message) => (await dispatcher.Database.QueryAsync(
        "select due_at from messages where message_id = @id and status = 'waiting'", row => row.GetFieldValue<DateTimeOffset>(0), default, ("id", message))).SingleOrDefault();
}
