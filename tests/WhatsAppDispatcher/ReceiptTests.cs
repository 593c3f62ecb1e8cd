using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>What the gateway reports about messages that were sent.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class ReceiptTests(Engine engine)
{
    [Test]
    public async Task Receipts_move_a_message_forward_and_each_step_is_told_once()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var (message, id) = await SentAsync(dispatcher);

        await dispatcher.ReceiveAsync(id, ReceiptStatuses.Sent, ReceiptStatuses.Delivered, ReceiptStatuses.Delivered);
        await dispatcher.ReceiveAsync(id, ReceiptStatuses.Read);
        await dispatcher.ReceiveAsync(id, ReceiptStatuses.Delivered, ReceiptStatuses.Failed);

        Assert.That((await dispatcher.StandingAsync(message)).Status, Is.EqualTo("read"));
        Assert.That(await dispatcher.NewsAsync(message), Is.EqualTo(new[] { "sent", "delivered", "read" }));
    }

    [Test]
    public async Task A_failure_reported_later_says_why()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var (message, id) = await SentAsync(dispatcher);

        await dispatcher.ReceiveAsync(id, ReceiptStatuses.Failed);

        Assert.That(await dispatcher.NewsAsync(message), Is.EqualTo(new[] { "sent", $"failed {Reasons.DeliveryFailed}" }));
    }

    [Test]
    public async Task A_receipt_that_is_faster_than_the_answer_is_kept_until_it_fits()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var message = RunningDispatcher.Message();
        await dispatcher.ReceiveAsync("EARLY", ReceiptStatuses.Delivered);
        Assert.That(await ParkedAsync(dispatcher), Is.EqualTo(1));

        await dispatcher.QueueAsync(message);
        await dispatcher.WaitForAsync(message.MessageId, "sent");
        await dispatcher.Database.InTransactionAsync(transaction => transaction.ExecuteAsync("update messages set gateway_message_id = 'EARLY'", default), default);

        await dispatcher.WaitForAsync(message.MessageId, "delivered");
        Assert.That(await ParkedAsync(dispatcher), Is.Zero);
    }

    [Test]
    public async Task A_receipt_for_nobody_is_kept_and_changes_nothing()
    {
        await using var dispatcher = await RunningDispatcher.CreateAsync(engine);
        var (message, _) = await SentAsync(dispatcher);

        await dispatcher.ReceiveAsync("STRANGER", ReceiptStatuses.Read);

        Assert.That((await dispatcher.StandingAsync(message)).Status, Is.EqualTo("sent"));
        Assert.That(await ParkedAsync(dispatcher), Is.EqualTo(1));
    }

    private static async Task<(Guid Message, string GatewayMessageId)> SentAsync(RunningDispatcher dispatcher)
    {
        var message = RunningDispatcher.Message();
        await dispatcher.QueueAsync(message);
        return (message.MessageId, (await dispatcher.WaitForAsync(message.MessageId, "sent")).GatewayMessageId!);
    }

    private static async Task<long> ParkedAsync(RunningDispatcher dispatcher) =>
        (await dispatcher.Database.QueryAsync("select count(*) from parked_receipts", row => row.GetInt64(0), default))[0];
}
