using Recado.GatewayEmulator.Sending;

namespace Recado.Tests.GatewayEmulator;

public sealed class ReplyTests
{
    private RunningEmulator emulator = null!;

    [SetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [Test]
    public async Task A_reply_arrives_in_the_documented_envelope()
    {
        var answer = await ReplyAsync("""{"phone":"5511988887777","text":"Já paguei, obrigado"}""");

        var body = (await emulator.Receiver.ExpectAsync(1)).Single().Body;

        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)body["momment"]!);
        Assert.Multiple(() =>
        {
            Assert.That(body.Select(field => field.Key), Is.EqualTo((string[])
            [
                "type", "instanceId", "messageId", "phone", "connectedPhone", "fromMe", "momment", "status", "chatName", "senderName",
                "senderPhoto", "photo", "senderLid", "chatLid", "isGroup", "isNewsletter", "broadcast", "forwarded", "viewOnce",
                "waitingMessage", "text",
            ]));
            Assert.That((string)body["type"]!, Is.EqualTo("ReceivedCallback"));
            Assert.That((string)body["instanceId"]!, Is.EqualTo("INSTANCE_1"));
            Assert.That((string)body["messageId"]!, Is.EqualTo(answer));
            Assert.That((bool)body["fromMe"]!, Is.False);
            Assert.That(at, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
            Assert.That((string)body["chatLid"]!, Is.EqualTo(WhatsAppPhone.LidOf("5511988887777")));
            Assert.That(body["text"]!.ToJsonString(), Is.EqualTo("{\"message\":\"J\\u00E1 paguei, obrigado\"}"));
        });
    }

    [Test]
    public async Task A_reply_may_name_everything()
    {
        var id = await ReplyAsync("""{"phone":"120363019502650977-group","text":"oi","instanceId":"I9","messageId":"MSG1","inReplyTo":"3EB0AA"}""");

        var body = (await emulator.Receiver.ExpectAsync(1)).Single().Body;

        Assert.That(id, Is.EqualTo("MSG1"));
        Assert.That((string)body["messageId"]!, Is.EqualTo("MSG1"));
        Assert.That((string)body["instanceId"]!, Is.EqualTo("I9"));
        Assert.That((string)body["referenceMessageId"]!, Is.EqualTo("3EB0AA"));
        Assert.That((bool)body["isGroup"]!, Is.True);
    }

    [Test]
    public async Task A_reply_goes_to_the_phone_that_wrote_last()
    {
        await emulator.AcceptedTextAsync(instance: "I1");
        await emulator.AcceptedTextAsync(instance: "I2");
        await ReplyAsync("""{"phone":"5511988887777","text":"oi"}""");

        var posts = await emulator.Receiver.ExpectAsync(7);

        Assert.That((string)posts.Single(post => post.Type == "ReceivedCallback").Body["instanceId"]!, Is.EqualTo("I2"));
    }

    [Test]
    public async Task A_reply_without_a_listener_is_refused()
    {
        await using var lonely = await RunningEmulator.StartAsync(("Emulator:Callbacks:*", null), ("Emulator:Callbacks:ONLY", "http://127.0.0.1:9/"));

        var refusal = await RunningEmulator.RefusalAsync(lonely.Http.PostAsync(
            "/emulator/replies", RunningEmulator.Json("""{"phone":"5511988887777","text":"oi","instanceId":"I1"}""")));
        using var toTheOnlyOne = await lonely.Http.PostAsync("/emulator/replies", RunningEmulator.Json("""{"phone":"5511988887777","text":"oi"}"""));

        Assert.That(refusal, Is.EqualTo((409, "the instance has no webhook for received messages")));
        Assert.That((int)toTheOnlyOne.StatusCode, Is.EqualTo(200));
    }

    [TestCase("""{"text":"oi"}""", "phone is required")]
    [TestCase("""{"phone":"+55","text":"oi"}""", "phone must have 12 to 15 digits, or be a group or LID")]
    [TestCase("""{"phone":"5511988887777"}""", "text is required")]
    [TestCase("""{"phone":"5511988887777","text":"\ud800"}""", "invalid JSON body at $.text")]
    [TestCase("""{"phone":"5511988887777","text":"oi","from":"x"}""", "invalid JSON body at $.from")]
    public async Task A_wrong_reply_is_refused(string body, string error)
    {
        var refusal = await RunningEmulator.RefusalAsync(emulator.Http.PostAsync("/emulator/replies", RunningEmulator.Json(body)));

        Assert.That(refusal, Is.EqualTo((400, error)));
    }

    private async Task<string> ReplyAsync(string body)
    {
        using var response = await emulator.Http.PostAsync("/emulator/replies", RunningEmulator.Json(body));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return (string)(await RunningEmulator.ObjectAsync(response))["messageId"]!;
    }
}
