using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>What one store's messages say about another's: nothing comes of it.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class ForeignStoreTests(Engine engine)
{
    private const string Instance = GatewayEmulator.RunningEmulator.Instance;

    [TestCase("beta", true)]
    [TestCase("beta", false)]
    [TestCase("", true)]
    [TestCase("", false)]
    [TestCase("no such store", false)]
    public async Task Another_store_calls_no_message_back_whichever_comes_first(string store, bool first)
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var message = RunningDispatcher.Message();

        if (first)
            await dispatcher.CancelAsync(message.MessageId, store);
        await dispatcher.QueueAsync(message);
        if (!first)
            await dispatcher.CancelAsync(message.MessageId, store);
        await dispatcher.StartAsync();

        await dispatcher.WaitForAsync(message.MessageId, "sent");
    }

    [Test]
    public async Task A_foreign_call_does_not_hide_the_stores_own()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var message = RunningDispatcher.Message();

        await dispatcher.CancelAsync(message.MessageId, "beta");
        await dispatcher.CancelAsync(message.MessageId);
        await dispatcher.QueueAsync(message);

        Assert.That((await dispatcher.StandingAsync(message.MessageId)).Reason, Is.EqualTo(Reasons.Cancelled));
    }

    [Test]
    public async Task What_an_earlier_version_kept_without_a_store_still_calls_back()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine, start: false);
        var (before, after) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await dispatcher.QueueAsync(after);
        await dispatcher.Database.InTransactionAsync(transaction => transaction.WriteEach(
            "insert into cancellations (store_id, message_id, reason, cancelled_at) values ('', @id, 'stopped_by_event', @at)",
            [before.MessageId, after.MessageId], id => [("id", id), ("at", DateTimeOffset.UtcNow)]), default);

        await dispatcher.QueueAsync(before);
        await dispatcher.StartAsync();

        Assert.That((await dispatcher.WaitForAsync(before.MessageId, "suppressed")).Reason, Is.EqualTo(Reasons.Cancelled));
        Assert.That((await dispatcher.WaitForAsync(after.MessageId, "suppressed")).Reason, Is.EqualTo(Reasons.Cancelled));
    }

    [Test]
    public async Task Receipts_echoes_and_news_of_another_store_change_nothing()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var (sent, doubted) = (RunningDispatcher.Message(), RunningDispatcher.Message());
        await dispatcher.QueueAsync(sent);
        var gatewayId = (await dispatcher.WaitForAsync(sent.MessageId, "sent")).GatewayMessageId!;
        await dispatcher.Gateway.BehaveWithFaultAsync("server-error", ",\"times\":1");
        await dispatcher.QueueAsync(doubted);
        var doubt = await dispatcher.WaitForAsync(doubted.MessageId, "uncertain");

        await dispatcher.TakeAsync(Receipt("beta", Instance, gatewayId), Receipt("alpha", "INSTANCE_2", gatewayId));
        await dispatcher.HearAsync(Echo("beta", Instance, "E1"), Echo("alpha", "INSTANCE_2", "E2"));
        await dispatcher.ConnectAsync(false, DateTimeOffset.UtcNow, "beta");
        // Every second parked receipts and echoes are looked at; the store's own, which came later, settle this one.
        await dispatcher.TakeAsync(Receipt("alpha", Instance, "known-later"));
        await dispatcher.HearAsync(Echo("alpha", Instance, "known-later"));
        await dispatcher.WaitForAsync(doubted.MessageId, "read");

        Assert.That((await dispatcher.StandingAsync(sent.MessageId)).Status, Is.EqualTo("sent"));
        Assert.That((await dispatcher.StandingAsync(doubted.MessageId)).GatewayMessageId, Is.EqualTo("known-later"), doubt.ToString());
        var next = RunningDispatcher.Message();
        await dispatcher.QueueAsync(next);
        await dispatcher.WaitForAsync(next.MessageId, "sent");
    }

    private static GatewayReceipt Receipt(string store, string instance, string gatewayId) => new()
    {
        ReceiptId = Guid.NewGuid(),
        StoreId = store,
        InstanceId = instance,
        GatewayMessageId = gatewayId,
        Status = ReceiptStatuses.Read,
        OccurredAt = DateTimeOffset.UtcNow,
    };

    private static MessageEchoed Echo(string store, string instance, string gatewayId) => new()
    {
        EchoId = Guid.NewGuid(),
        StoreId = store,
        InstanceId = instance,
        GatewayMessageId = gatewayId,
        Phone = "+" + GatewayEmulator.RunningEmulator.Phone,
        Text = "Oi!",
        OccurredAt = DateTimeOffset.UtcNow,
    };
}
