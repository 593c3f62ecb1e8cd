using System.Text.Json.Nodes;
using Recado.GatewayEmulator.Sending;

namespace Recado.Tests.GatewayEmulator;

public sealed class InstanceTests
{
    private RunningEmulator emulator = null!;

    [SetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [Test]
    public async Task A_connected_phone_says_so()
    {
        Assert.That(
            (await emulator.GetAsync(RunningEmulator.Gateway("status"))).ToJsonString(),
            Is.EqualTo("""{"connected":true,"error":null,"smartphoneConnected":true}"""));
    }

    [Test]
    public async Task A_phone_that_exists_has_a_lid_that_stays()
    {
        var first = await emulator.GetAsync(RunningEmulator.Gateway("phone-exists/5511988887777"));
        var again = await emulator.GetAsync("/emulator" + RunningEmulator.Gateway("phone-exists/5511988887777", "OTHER"));

        Assert.That(first.ToJsonString(), Is.EqualTo(
            $$"""{"exists":true,"phone":"5511988887777","lid":"{{WhatsAppPhone.LidOf("5511988887777")}}"}"""));
        Assert.That(JsonNode.DeepEquals(first, again), Is.True);
        Assert.That((string)first["lid"]!, Does.Match("^[0-9]{15}@lid$"));
    }

    [Test]
    public async Task A_phone_that_cannot_exist_does_not()
    {
        Assert.That(
            (await emulator.GetAsync(RunningEmulator.Gateway("phone-exists/123"))).ToJsonString(),
            Is.EqualTo("""{"exists":false,"phone":"123","lid":null}"""));
    }

    [Test]
    public async Task Many_phones_are_asked_for_at_once()
    {
        using var response = await emulator.Http.PostAsync(
            RunningEmulator.Gateway("phone-exists-batch"), RunningEmulator.Json("""{"phones":["5511988887777","123"]}"""));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();

        Assert.That(answer.Select(phone => (bool)phone!["exists"]!), Is.EqualTo((bool[])[true, false]));
        Assert.That((string)answer[0]!["outputPhone"]!, Is.EqualTo("5511988887777"));
    }

    [TestCase("{}")]
    [TestCase("""{"phones":[]}""")]
    [TestCase("""{"phones":[null]}""")]
    public async Task A_batch_without_phones_is_refused(string body)
    {
        var refusal = await RunningEmulator.RefusalAsync(emulator.Http.PostAsync(RunningEmulator.Gateway("phone-exists-batch"), RunningEmulator.Json(body)));

        Assert.That(refusal, Is.EqualTo((400, "phones must be a list of 1 to 50000 phones")));
    }

    [Test]
    public async Task A_webhook_of_its_own_kind_wins_over_the_general_one()
    {
        await CallbackTests.SetWebhookAsync(emulator, "update-every-webhooks", new Uri(emulator.Receiver.Url, "/every").ToString());
        await CallbackTests.SetWebhookAsync(emulator, "update-webhook-delivery", new Uri(emulator.Receiver.Url, "/delivery").ToString());
        await CallbackTests.SetWebhookAsync(emulator, "update-webhook-received", new Uri(emulator.Receiver.Url, "/received").ToString());
        await emulator.BehaveAsync("""{"echo":true}""");
        await emulator.AcceptedTextAsync();

        var posts = await emulator.Receiver.ExpectAsync(4);

        Assert.That(posts.Select(post => post.Path), Is.EqualTo((string[])["/received", "/delivery", "/every", "/every"]));
    }

    [Test]
    public async Task An_emptied_webhook_goes_back_to_the_settings()
    {
        await CallbackTests.SetWebhookAsync(emulator, "update-webhook-message-status", new Uri(emulator.Receiver.Url, "/own").ToString());
        await CallbackTests.SetWebhookAsync(emulator, "update-webhook-message-status", "");
        await emulator.AcceptedTextAsync();

        Assert.That((await emulator.Receiver.ExpectAsync(3)).Select(post => post.Path), Is.All.EqualTo("/webhooks/ezapi/secret"));
    }

    [Test]
    public async Task A_webhook_is_of_one_instance()
    {
        await CallbackTests.SetWebhookAsync(emulator, "update-every-webhooks", new Uri(emulator.Receiver.Url, "/own").ToString());
        await emulator.AcceptedTextAsync(instance: "OTHER");

        Assert.That((await emulator.Receiver.ExpectAsync(3)).Select(post => post.Path), Is.All.EqualTo("/webhooks/ezapi/secret"));
    }

    [TestCase("update-every-webhooks", """{"value":"nope"}""", 400)]
    [TestCase("update-every-webhooks", """{"value":"ftp://x.test"}""", 400)]
    [TestCase("update-webhook-received", """{"value":7}""", 400)]
    [TestCase("update-notify-sent-by-me", "{}", 400)]
    public async Task A_wrong_webhook_is_refused(string route, string body, int expected)
    {
        var (status, _) = await RunningEmulator.RefusalAsync(emulator.Http.PutAsync(RunningEmulator.Gateway(route), RunningEmulator.Json(body)));

        Assert.That(status, Is.EqualTo(expected));
    }

    [TestCase("update-every-webhooks", """{"notifySentByMe":true}""")]
    [TestCase("update-notify-sent-by-me", """{"notifySentByMe":true}""")]
    public async Task An_instance_may_ask_for_its_own_messages_back(string route, string body)
    {
        using var response = await emulator.Http.PutAsync(RunningEmulator.Gateway(route), RunningEmulator.Json(body));
        await emulator.AcceptedTextAsync();

        Assert.That((await emulator.Receiver.ExpectAsync(4))[0].Type, Is.EqualTo("ReceivedCallback"));
    }

    [TestCase("GET", "status")]
    [TestCase("GET", "phone-exists/5511988887777")]
    [TestCase("PUT", "update-every-webhooks")]
    public async Task Every_gateway_route_wants_the_client_token(string verb, string route)
    {
        using var stranger = new HttpClient { BaseAddress = emulator.Http.BaseAddress };
        using var request = new HttpRequestMessage(new(verb), RunningEmulator.Gateway(route)) { Content = RunningEmulator.Json("{}") };

        Assert.That(await RunningEmulator.RefusalAsync(stranger.SendAsync(request)), Is.EqualTo((400, "null not allowed")));
    }
}
