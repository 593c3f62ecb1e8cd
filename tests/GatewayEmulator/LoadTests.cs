using System.Collections.Concurrent;

namespace Recado.Tests.GatewayEmulator;

public sealed class LoadTests
{
    [Test]
    public async Task Two_thousand_sends_from_32_senders_are_recorded_once_with_all_their_callbacks_in_order()
    {
        const int Sends = 2_000;
        await using var emulator = await RunningEmulator.StartAsync(("Emulator:Receipts:1:DelayMs", "20"), ("Emulator:Receipts:2:DelayMs", "40"));
        ConcurrentBag<string> ids = [];

        await Parallel.ForAsync(0, Sends, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            ids.Add(await emulator.AcceptedTextAsync($"55119{number % 500:D8}")));
        var posts = await emulator.Receiver.ExpectAsync(Sends * 3);

        var shown = (await emulator.MessagesAsync()).Select(message => (string)message!["messageId"]!).ToArray();
        var perMessage = posts.GroupBy(post => post.MessageId!).ToDictionary(group => group.Key, group => string.Join(' ', group.Select(post => post.Label)));
        Assert.Multiple(() =>
        {
            Assert.That(ids.Distinct().Count(), Is.EqualTo(Sends));
            Assert.That(shown, Is.Unique);
            Assert.That(shown.ToHashSet().SetEquals(ids), Is.True);
            Assert.That(perMessage.Keys.ToHashSet().SetEquals(ids), Is.True);
            Assert.That(perMessage.Values.Distinct(), Is.EqualTo((string[])["DeliveryCallback MessageStatusCallback RECEIVED MessageStatusCallback READ"]));
        });
    }

    [Test]
    public async Task Sends_are_refused_while_too_many_callbacks_are_pending()
    {
        await using var emulator = await RunningEmulator.StartAsync(("Emulator:MaxMessages", "5"), ("Emulator:Receipts:0:DelayMs", "86400000"));
        for (var sent = 0; sent < 5; sent++)
            await emulator.AcceptedTextAsync();

        Assert.That(await RunningEmulator.RefusalAsync(emulator.SendTextAsync()), Is.EqualTo((429, "too many callbacks pending")));
    }
}
