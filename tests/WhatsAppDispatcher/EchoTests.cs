using Recado.Contracts;
using Recado.Tests.GatewayEmulator;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>Uncertain sends, and the shop's own messages as they come back.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class EchoTests(Engine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_send_whose_answer_was_lost_is_settled_by_its_echo_and_read_at_last()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveAsync("""{"echo":true,"faults":[{"fault":"lost-response","times":1}]}""");
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);
        await dispatcher.WaitForAsync(message.MessageId, "uncertain");
        var callbacks = await dispatcher.Gateway.Receiver.ExpectAsync(4);

        await dispatcher.HearAsync(callbacks);

        var standing = await dispatcher.WaitForAsync(message.MessageId, "read");
        Assert.That(standing, Is.EqualTo(new Standing("read", 0, null, callbacks[0].MessageId)));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { "uncertain no_answer", "sent", "delivered", "read" }));
        Assert.That(await TimesAsync(dispatcher, message.MessageId), Is.Ordered, "the timeline ends with what happened last");
        Assert.That(await dispatcher.Gateway.MessagesAsync(), Has.Count.EqualTo(1));
        Assert.That(await CountsAsync(dispatcher), Is.EqualTo(new[] { "settled 1" }));
    }

    [Test]
    public async Task An_echo_that_is_faster_than_the_doubt_waits_for_it()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, settings: ("Dispatcher:SendTimeout", "00:00:05"));
        await dispatcher.Gateway.BehaveAsync("""{"echo":true,"faults":[{"fault":"timeout-after-accept","times":1}]}""");
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);

        await dispatcher.HearAsync(await dispatcher.Gateway.Receiver.ExpectAsync(4));
        var before = (await dispatcher.StandingAsync(message.MessageId)).Status;

        Assert.That((await dispatcher.WaitForAsync(message.MessageId, "read")).GatewayMessageId, Is.EqualTo(dispatcher.Gateway.Receiver.Posts[0].MessageId));
        Assert.That(before, Is.EqualTo("sending"));
        Assert.That(await dispatcher.NewsAsync(message.MessageId), Is.EqualTo(new[] { "uncertain no_answer", "sent", "delivered", "read" }));
    }

    [Test]
    public async Task Echoes_of_what_is_known_change_nothing_however_often_they_come()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveAsync("""{"echo":true,"receipts":[]}""");
        var (known, doubtful) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await dispatcher.QueueAsync(known);
        await dispatcher.WaitForAsync(known.MessageId, "sent");
        var echo = await dispatcher.Gateway.Receiver.ExpectAsync(1);
        await dispatcher.Gateway.BehaveAsync("""{"echo":false,"faults":[{"fault":"lost-response","times":1}]}""");
        await dispatcher.QueueAsync(doubtful);
        await dispatcher.WaitForAsync(doubtful.MessageId, "uncertain");

        await dispatcher.HearAsync([.. echo, .. echo]); // the same text to the same person: but it is the other message's
        await dispatcher.HearAsync(echo);

        Assert.That(await CountsAsync(dispatcher), Is.EqualTo(new[] { "known 3" }));
        Assert.That((await dispatcher.StandingAsync(doubtful.MessageId)).Status, Is.EqualTo("uncertain"));
        Assert.That(await dispatcher.NewsAsync(known.MessageId), Is.EqualTo(new[] { "sent" }));
    }

    [Test]
    public async Task Echoes_of_something_else_settle_nothing()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveAsync("""{"receipts":[],"faults":[{"fault":"lost-response","times":2}]}""");
        var (message, last) = (RunningDispatcher.Message(), RunningDispatcher.Message() with { Recipient = "+5511911112222" });
        await dispatcher.QueueAsync(message, last);
        await dispatcher.WaitForAsync(message.MessageId, "uncertain");
        await dispatcher.WaitForAsync(last.MessageId, "uncertain");
        var now = DateTimeOffset.UtcNow;

        await dispatcher.HearAsync(Echo("TEXT", now) with { Text = "Digitado à mão" }, Echo("PERSON", now) with { Phone = "+5511900000000" },
            Echo("LID", now) with { Phone = null, Lid = "1234@lid" }, Echo("EARLY", now.AddMinutes(-1)), Echo("LATE", now.AddMinutes(11)), Echo("STORE", now) with { StoreId = "beta" });
        await dispatcher.HearAsync(Echo("OWN", now) with { Phone = "+551111112222" }); // the other form of the last one's mobile

        Assert.That((await dispatcher.WaitForAsync(last.MessageId, "sent")).GatewayMessageId, Is.EqualTo("OWN"));
        Assert.That((await dispatcher.StandingAsync(message.MessageId)).Status, Is.EqualTo("uncertain"));
        Assert.That(await CountsAsync(dispatcher), Is.EqualTo(new[] { "no_phone 1", "settled 1" }));
    }

    [Test]
    public async Task Of_two_alike_each_echo_settles_one()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.Gateway.BehaveAsync("""{"echo":true,"receipts":[],"faults":[{"fault":"lost-response","times":2}]}""");
        var (one, two) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await dispatcher.QueueAsync(one, two);
        await dispatcher.WaitForAsync(one.MessageId, "uncertain");
        await dispatcher.WaitForAsync(two.MessageId, "uncertain");

        await dispatcher.HearAsync(await dispatcher.Gateway.Receiver.ExpectAsync(2));

        var ids = new[] { (await dispatcher.WaitForAsync(one.MessageId, "sent")).GatewayMessageId, (await dispatcher.WaitForAsync(two.MessageId, "sent")).GatewayMessageId };
        Assert.That(ids, Is.EquivalentTo(dispatcher.Gateway.Receiver.Posts.Select(post => post.MessageId)));
    }

    [Test]
    public async Task What_proved_nothing_in_three_days_is_forgotten_and_counted()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        await dispatcher.HearAsync(Echo("TYPED", DateTimeOffset.UtcNow));
        await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "update echoes set parked_at = @then", default, ("then", DateTimeOffset.UtcNow.AddHours(-73))), default);

        await Until.TrueAsync(async () => (await CountsAsync(dispatcher)).Count > 0, Patience, "it is counted");

        Assert.That(await CountsAsync(dispatcher), Is.EqualTo(new[] { "unmatched 1" }));
    }

    private static MessageEchoed Echo(string id, DateTimeOffset at) => new()
    {
        EchoId = Guid.NewGuid(),
        StoreId = "alpha",
        InstanceId = RunningEmulator.Instance,
        GatewayMessageId = id,
        Phone = "+" + RunningEmulator.Phone,
        Text = "Oi!",
        OccurredAt = at,
    };

    private static Task<List<string>> CountsAsync(RunningDispatcher dispatcher) => dispatcher.Database.QueryAsync(
        "select what, count from echo_counts where store_id = 'alpha' order by what", row => $"{row.GetString(0)} {row.GetInt64(1)}", default);

    /// <summary>In microseconds, as databases keep them.</summary>
    private static async Task<List<long>> TimesAsync(RunningDispatcher dispatcher, Guid message) =>
        [.. (await dispatcher.AllNewsAsync(message)).Select(news => news.OccurredAt.Ticks / TimeSpan.TicksPerMicrosecond)];
}
