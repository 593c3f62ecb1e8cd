using System.Text.Json.Nodes;

namespace Recado.Tests.GatewayEmulator;

public sealed class ConnectionTests
{
    private RunningEmulator emulator = null!;

    [SetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [Test]
    public async Task A_disconnected_phone_queues_and_a_connected_one_flushes_in_order()
    {
        await PostAsync("disconnect");
        var lost = (await emulator.Receiver.ExpectAsync(1)).Single().Body;
        var first = await emulator.AcceptedTextAsync(message: "1");
        var second = await emulator.AcceptedTextAsync(message: "2");
        var elsewhere = await emulator.AcceptedTextAsync(instance: "OTHER");
        var whileOff = await emulator.Receiver.ExpectAsync(4);
        var status = await emulator.GetAsync(RunningEmulator.Gateway("status"));

        var answer = await PostAsync("connect");
        var posts = await emulator.Receiver.ExpectAsync(11);

        lost["momment"] = 0;
        Assert.Multiple(async () =>
        {
            Assert.That(lost.ToJsonString(), Is.EqualTo(
                """{"momment":0,"error":"connection lost","disconnected":true,"type":"DisconnectedCallback","instanceId":"INSTANCE_1"}"""));
            Assert.That(status.ToJsonString(), Is.EqualTo("""{"connected":false,"error":"You are not connected.","smartphoneConnected":false}"""));
            Assert.That(whileOff.Skip(1).Select(post => post.MessageId), Is.All.EqualTo(elsewhere));
            Assert.That(answer.ToJsonString(), Is.EqualTo("""{"connected":true,"flushed":2}"""));
            Assert.That(posts.Count(post => post.MessageId == first), Is.EqualTo(3));
            Assert.That(posts.Count(post => post.MessageId == second), Is.EqualTo(3));
            Assert.That((await emulator.MessagesAsync()).Select(message => (string)message!["status"]!), Is.All.EqualTo("READ"));
        });
    }

    [Test]
    public async Task A_reconnected_phone_is_reported_in_the_documented_shape()
    {
        await PostAsync("disconnect");
        await emulator.Receiver.ExpectAsync(1);
        await PostAsync("connect");

        var body = (await emulator.Receiver.ExpectAsync(2))[1].Body;

        Assert.That((long)body["momment"]!, Is.GreaterThan(1_000_000_000_000));
        body["momment"] = 0;
        Assert.That(body.ToJsonString(), Is.EqualTo(
            """{"type":"ConnectedCallback","connected":true,"momment":0,"instanceId":"INSTANCE_1","phone":"5511999999999"}"""));
    }

    [Test]
    public async Task Connecting_a_connected_phone_reports_nothing()
    {
        Assert.That((await PostAsync("connect")).ToJsonString(), Is.EqualTo("""{"connected":true,"flushed":0}"""));
        await PostAsync("disconnect");
        await PostAsync("disconnect");
        await emulator.AcceptedTextAsync(instance: "OTHER");

        Assert.That((await emulator.Receiver.ExpectAsync(4)).Count(post => post.Type != "DeliveryCallback" && post.Type != "MessageStatusCallback"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_queue_of_a_disconnected_phone_holds_a_thousand()
    {
        await PostAsync("disconnect");
        await Parallel.ForAsync(0, 1_000, async (_, _) => await emulator.AcceptedTextAsync());

        var (status, _) = await RunningEmulator.RefusalAsync(emulator.SendTextAsync());

        Assert.That(status, Is.EqualTo(429));
        Assert.That(await emulator.MessagesAsync(), Has.Count.EqualTo(1_000));
        Assert.That((int)(await PostAsync("connect"))["flushed"]!, Is.EqualTo(1_000));
        await emulator.AcceptedTextAsync();
        await emulator.Receiver.ExpectAsync(1 + 1 + 1_001 * 3);
    }

    private async Task<JsonObject> PostAsync(string what)
    {
        using var response = await emulator.Http.PostAsync($"/emulator/instances/{RunningEmulator.Instance}/{what}", null);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return await RunningEmulator.ObjectAsync(response);
    }
}
