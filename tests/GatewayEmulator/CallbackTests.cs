using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Recado.Tests.GatewayEmulator;

public sealed class CallbackTests
{
    private static readonly string[] Usual = ["DeliveryCallback", "MessageStatusCallback RECEIVED", "MessageStatusCallback READ"];

    [Test]
    public async Task An_accepted_send_is_delivered_received_and_read_in_the_documented_shapes()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var id = await emulator.AcceptedTextAsync();

        var posts = await emulator.Receiver.ExpectAsync(3);

        Assert.Multiple(() =>
        {
            Assert.That(posts.Select(post => post.Label), Is.EqualTo(Usual));
            Assert.That(posts.Select(post => post.ContentType), Is.All.EqualTo("application/json"));
            Assert.That(posts.Select(post => post.Path), Is.All.EqualTo("/webhooks/ezapi/secret"));
            Assert.That(posts[0].Body.ToJsonString(), Is.EqualTo(
                $$"""{"phone":"5511988887777","messageId":"{{id}}","id":"{{id}}","type":"DeliveryCallback","instanceId":"INSTANCE_1"}"""));
            Assert.That(Momment(posts[2].Body), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
            posts[2].Body["momment"] = 0;
            Assert.That(posts[2].Body.ToJsonString(), Is.EqualTo(
                $$"""{"instanceId":"INSTANCE_1","status":"READ","ids":["{{id}}"],"momment":0,"phoneDevice":0,"phone":"5511988887777","type":"MessageStatusCallback","isGroup":false}"""));
            Assert.That(posts.Select(post => post.MessageId), Is.All.EqualTo(id));
        });
    }

    [Test]
    public async Task The_shown_status_follows_the_callbacks()
    {
        await using var emulator = await RunningEmulator.StartAsync(("Emulator:Receipts:2:DelayMs", "86400000"));
        await emulator.AcceptedTextAsync();
        await emulator.Receiver.ExpectAsync(2);
        var before = (string)(await emulator.MessagesAsync())[0]!["status"]!;

        await emulator.BehaveAsync("""{"receipts":[{"type":"DELIVERY","delayMs":0},{"type":"READ","delayMs":0}]}""");
        await emulator.AcceptedTextAsync();
        await emulator.Receiver.ExpectAsync(4);

        Assert.That(before, Is.EqualTo("RECEIVED"));
        Assert.That((await emulator.MessagesAsync()).Select(message => (string)message!["status"]!), Is.EqualTo((string[])["RECEIVED", "READ"]));
    }

    [Test]
    public async Task A_message_whose_callbacks_are_far_off_is_shown_as_accepted()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            ("Emulator:Receipts:0:DelayMs", "86400000"), ("Emulator:Receipts:1:DelayMs", "86400000"), ("Emulator:Receipts:2:DelayMs", "86400000"));
        await emulator.AcceptedTextAsync();

        Assert.That((string)(await emulator.MessagesAsync())[0]!["status"]!, Is.EqualTo("ACCEPTED"));
        Assert.That(emulator.Receiver.Count, Is.Zero);
    }

    [Test]
    public async Task Without_a_listener_the_status_moves_all_the_same()
    {
        await using var emulator = await RunningEmulator.StartAsync(("Emulator:Callbacks:*", null), ("Emulator:Callbacks:OTHER", "http://127.0.0.1:9/"));
        await emulator.AcceptedTextAsync();

        await Eventually.TrueAsync(
            async () => (string)(await emulator.MessagesAsync())[0]!["status"]! == "READ", () => "the message was not read");

        Assert.That((await emulator.GetAsync("/emulator/counts")).ToJsonString(), Is.EqualTo("""{"accepted":1,"callbacks":0,"callbackFailures":0}"""));
    }

    [Test]
    public async Task A_receipt_is_never_sent_before_its_delay()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.BehaveAsync("""{"receipts":[{"type":"DELIVERY","delayMs":120}]}""");
        var clock = Stopwatch.StartNew();
        await emulator.AcceptedTextAsync();
        await emulator.Receiver.ExpectAsync(1);

        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(115)));
    }

    [Test]
    public async Task Every_receipt_type_can_be_asked_for()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        string[] statuses = ["SENT", "RECEIVED", "READ_BY_ME", "READ", "PLAYED", "ERROR"];
        await emulator.BehaveAsync(new JsonObject
        {
            ["receipts"] = new JsonArray([.. statuses.Select(status => new JsonObject { ["type"] = status, ["delayMs"] = 0 })]),
        }.ToJsonString());
        await emulator.AcceptedTextAsync();

        var posts = await emulator.Receiver.ExpectAsync(statuses.Length);

        Assert.That(posts.Select(post => (string)post.Body["status"]!), Is.EqualTo(statuses));
        Assert.That((string)(await emulator.MessagesAsync())[0]!["status"]!, Is.EqualTo("ERROR"));
    }

    [Test]
    public async Task A_callback_that_is_refused_comes_again_and_holds_back_those_after_it()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        emulator.Receiver.RefuseNext(1);
        await emulator.AcceptedTextAsync();

        var posts = await emulator.Receiver.ExpectAsync(3);

        Assert.That(posts.Select(post => post.Label), Is.EqualTo(Usual));
        await Eventually.TrueAsync(
            async () => (await emulator.GetAsync("/emulator/counts")).ToJsonString() == """{"accepted":1,"callbacks":3,"callbackFailures":1}""",
            () => "the counts did not become right");
    }

    [Test]
    public async Task A_receiver_that_is_not_there_is_counted_and_tried_again()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await SetWebhookAsync(emulator, "update-every-webhooks", "http://127.0.0.1:9/");
        await emulator.AcceptedTextAsync();
        await Eventually.TrueAsync(
            async () => (int)(await emulator.GetAsync("/emulator/counts"))["callbackFailures"]! >= 1, () => "no failure was counted");

        await SetWebhookAsync(emulator, "update-every-webhooks", emulator.Receiver.Url.ToString());

        Assert.That((await emulator.Receiver.ExpectAsync(3)).Select(post => post.Label), Is.EqualTo(Usual));
    }

    [Test]
    public async Task An_echo_brings_the_shops_own_message_back()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.BehaveAsync("""{"echo":true}""");
        var id = await emulator.AcceptedTextAsync(message: "Olá, Ana");

        var posts = await emulator.Receiver.ExpectAsync(4);

        Assert.That(posts.Select(post => post.Label), Is.EqualTo((string[])["ReceivedCallback", .. Usual]));
        Assert.That((bool)posts[0].Body["fromMe"]!, Is.True);
        Assert.That(posts[0].MessageId, Is.EqualTo(id));
        Assert.That((string)posts[0].Body["text"]!["message"]!, Is.EqualTo("Olá, Ana"));
    }

    [TestCase("image", """{"phone":"5511988887777","image":"data:image/png;base64,AAAA","caption":"c"}""", "image", "caption", "c")]
    [TestCase("image", """{"phone":"5511988887777","image":"https://x.test/a.png"}""", "image", "imageUrl", "https://x.test/a.png")]
    [TestCase("document/pdf", """{"phone":"5511988887777","document":"https://x.test/a.pdf"}""", "document", "documentUrl", "https://x.test/a.pdf")]
    [TestCase("link", """{"phone":"5511988887777","message":"a https://x.test","image":"i","linkUrl":"https://x.test","title":"t","linkDescription":"d"}""", "text", "descritpion", "d")]
    [TestCase("button-otp", """{"phone":"5511988887777","message":"m","code":"1"}""", "hydratedTemplate", "message", "m")]
    public async Task An_echo_has_the_block_of_its_kind(string action, string body, string block, string field, string value)
    {
        await using var emulator = await RunningEmulator.StartAsync(("Emulator:Echo", "true"));
        using var response = await emulator.SendAsync(action, body);

        var posts = await emulator.Receiver.ExpectAsync(1);

        Assert.That((string)posts[0].Body[block]![field]!, Is.EqualTo(value));
    }

    [Test]
    public async Task A_callback_carries_no_trace_of_the_send()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.AcceptedTextAsync();

        Assert.That((await emulator.Receiver.ExpectAsync(3)).Select(post => post.HasTraceParent), Is.All.False);
    }

    internal static async Task SetWebhookAsync(RunningEmulator emulator, string route, string? url)
    {
        using var response = await emulator.Http.PutAsync(
            RunningEmulator.Gateway(route), RunningEmulator.Json(new JsonObject { ["value"] = url }.ToJsonString()));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"value":true}"""));
    }

    private static DateTimeOffset Momment(JsonObject callback) => DateTimeOffset.FromUnixTimeMilliseconds((long)callback["momment"]!);
}
