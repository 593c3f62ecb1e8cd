using System.Diagnostics;
using System.Text.Json.Nodes;
using Recado.GatewayEmulator;
using Recado.GatewayEmulator.Messages;
using Recado.GatewayEmulator.Sending;

namespace Recado.Tests.GatewayEmulator;

public sealed class MessageTests
{
    [Test]
    public async Task Messages_are_shown_oldest_first_by_phone_and_in_slices()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        foreach (var (phone, text) in ((string, string)[])[("5511911110000", "1"), ("5511922220000", "2"), ("5511911110000", "3")])
            await emulator.AcceptedTextAsync(phone, text);

        Assert.Multiple(async () =>
        {
            Assert.That(Texts(await emulator.MessagesAsync()), Is.EqualTo("1 2 3"));
            Assert.That(Texts(await emulator.MessagesAsync("?phone=5511911110000")), Is.EqualTo("1 3"));
            Assert.That(Texts(await emulator.MessagesAsync("?phone=5511933330000")), Is.Empty);
            Assert.That(Texts(await emulator.MessagesAsync("?since=1")), Is.EqualTo("2 3"));
            Assert.That(Texts(await emulator.MessagesAsync("?since=9")), Is.Empty);
            Assert.That(Texts(await emulator.MessagesAsync("?limit=2")), Is.EqualTo("1 2"));
            Assert.That(Texts(await emulator.MessagesAsync("?phone=5511911110000&since=1&limit=5")), Is.EqualTo("3"));
        });
    }

    [TestCase("?since=-1")]
    [TestCase("?limit=x")]
    public async Task A_slice_that_is_no_number_is_refused(string query)
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var (status, _) = await RunningEmulator.RefusalAsync(emulator.Http.GetAsync("/emulator/messages" + query));

        Assert.That(status, Is.EqualTo(400));
    }

    [Test]
    public async Task Clearing_forgets_messages_and_keeps_counts()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.AcceptedTextAsync();

        using var cleared = await emulator.Http.DeleteAsync("/emulator/messages");

        Assert.That((int)cleared.StatusCode, Is.EqualTo(204));
        Assert.That(await emulator.MessagesAsync(), Is.Empty);
        Assert.That(await emulator.MessagesAsync($"?phone={RunningEmulator.Phone}"), Is.Empty);
        Assert.That((int)(await emulator.GetAsync("/emulator/counts"))["accepted"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Counts_tell_accepted_messages_and_callbacks()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.AcceptedTextAsync();
        JsonObject counts = [];

        await Eventually.TrueAsync(
            async () => (int)(counts = await emulator.GetAsync("/emulator/counts"))["callbacks"]! == 3, () => counts.ToJsonString());

        Assert.That(counts.ToJsonString(), Is.EqualTo("""{"accepted":1,"callbacks":3,"callbackFailures":0}"""));
    }

    [Test]
    public void Only_the_newest_messages_are_kept()
    {
        var kept = new KeptMessages(new EmulatorOptions { MaxMessages = 3 });
        foreach (var number in Enumerable.Range(0, 5))
            kept.Add(Message(number, phone: number % 2));

        Assert.That(kept.From(0).Select(message => message.MessageId), Is.EqualTo((string[])["2", "3", "4"]));
        Assert.That(kept.To(Phone(0)).Select(message => message.MessageId), Is.EqualTo((string[])["2", "4"]));
        Assert.That(kept.From(4).Select(message => message.MessageId), Is.EqualTo((string[])["4"]), "an index counts the dropped ones");
    }

    [Test]
    public void Large_bodies_push_the_oldest_out_and_are_let_go()
    {
        var kept = new KeptMessages(new EmulatorOptions { MaxKeptBytes = 1 << 20 });
        var first = Message(1, size: 600_000);
        kept.Add(first);
        kept.Add(Message(2, size: 600_000));

        Assert.That(kept.From(0).Select(message => message.MessageId), Is.EqualTo((string[])["2"]));
        Assert.That(first.Content, Is.Null);
    }

    [Test]
    public void A_phone_is_found_at_once_among_a_hundred_thousand_messages()
    {
        var kept = new KeptMessages(new EmulatorOptions());
        foreach (var number in Enumerable.Range(0, 100_000))
            kept.Add(Message(number, phone: number / 2));
        var clock = Stopwatch.StartNew();

        var found = Enumerable.Range(0, 10_000).Sum(phone => kept.To(Phone(phone)).Length);

        Assert.That(found, Is.EqualTo(20_000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "a scan per look-up would take minutes");
    }

    [Test]
    public void A_status_only_moves_forward()
    {
        var message = Message(1);
        message.Advance(MessageStatus.Read);
        message.Advance(MessageStatus.Sent);

        Assert.That(message.Status, Is.EqualTo(MessageStatus.Read));
    }

    private static string Texts(JsonArray messages) => string.Join(' ', messages.Select(message => (string)message!["text"]!));

    private static string Phone(int number) => $"55119{number:D8}";

    private static AcceptedMessage Message(int number, int phone = 0, int size = 2) => new(
        $"{number}", new SendRequest("I", "text", Phone(phone), "m", new byte[size]), DateTimeOffset.UnixEpoch);
}
