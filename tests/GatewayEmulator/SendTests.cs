using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Recado.Tests.GatewayEmulator;

public sealed class SendTests
{
    private const string P = "\"phone\":\"5511988887777\"";

    private RunningEmulator emulator = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => emulator = await RunningEmulator.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await emulator.DisposeAsync();

    [SetUp]
    public async Task ClearAsync() => (await emulator.Http.DeleteAsync("/emulator/messages")).Dispose();

    private static readonly TestCaseData[] GoodSends =
    [
        new("text", """{"phone":"5511988887777","message":"Olá, Ana"}""", "text", "Olá, Ana"),
        new("text", """{"phone":"120363019502650977-group","message":"oi"}""", "text", "oi"),
        new("text", """{"phone":"81896604192873@lid","message":"oi"}""", "text", "oi"),
        new("text", """{"phone":"120363019502650977@g.us","message":"oi","delayMessage":1}""", "text", "oi"),
        new("image", """{"phone":"5511988887777","image":"https://x.test/a.png","caption":"Veja"}""", "image", "Veja"),
        new("image", """{"phone":"5511988887777","image":"data:image/png;base64,AAAA"}""", "image", ""),
        new("document/pdf", """{"phone":"5511988887777","document":"https://x.test/a.pdf","fileName":"a.pdf"}""", "document", ""),
        new("link", """{"phone":"5511988887777","message":"Veja https://x.test","image":"https://x.test/i.png","linkUrl":"https://x.test","title":"t","linkDescription":"d"}""", "link", "Veja https://x.test"),
        new("button-actions", """{"phone":"5511988887777","message":"m","buttonActions":[{"type":"URL","url":"https://x.test","label":"Abrir"},{"type":"CALL","phone":"551140028922","label":"Ligar"}]}""", "button-actions", "m"),
        new("button-actions", """{"phone":"5511988887777","message":"m","buttonActions":[{"id":"1","type":"REPLY","label":"Sim"}]}""", "button-actions", "m"),
        new("button-otp", """{"phone":"5511988887777","message":"Seu PIX","code":"000201"}""", "button-otp", "Seu PIX"),
        new("button-list", """{"phone":"5511988887777","message":"m","buttonList":{"buttons":[{"label":"Sim"}]}}""", "button-list", "m"),
        new("option-list", """{"phone":"5511988887777","message":"m","optionList":{"title":"t","buttonLabel":"Abrir","options":[{"title":"a","description":"b"}]}}""", "option-list", "m"),
    ];

    [TestCaseSource(nameof(GoodSends))]
    public async Task A_valid_send_is_accepted_and_shown_as_it_came(string action, string body, string kind, string text)
    {
        using var response = await emulator.SendAsync(action, body);
        var answer = await RunningEmulator.ObjectAsync(response);
        var shown = (await emulator.MessagesAsync()).Single()!.AsObject();

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(200));
            Assert.That(answer.Select(field => field.Key), Is.EqualTo((string[])["zaapId", "messageId", "id"]));
            Assert.That((string)answer["messageId"]!, Does.Match("^3EB0[0-9A-F]{16,18}$").And.EqualTo((string)answer["id"]!));
            Assert.That(shown.Select(field => field.Key), Is.EqualTo((string[])["messageId", "instanceId", "phone", "kind", "text", "body", "status", "acceptedAt"]));
            Assert.That((string)shown["messageId"]!, Is.EqualTo((string)answer["messageId"]!));
            Assert.That((string)shown["instanceId"]!, Is.EqualTo(RunningEmulator.Instance));
            Assert.That((string)shown["kind"]!, Is.EqualTo(kind));
            Assert.That((string)shown["text"]!, Is.EqualTo(text));
            Assert.That(JsonNode.DeepEquals(shown["body"], JsonNode.Parse(body)), Is.True);
            Assert.That((DateTimeOffset)shown["acceptedAt"]!, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [TestCase("text", "{\"message\":\"m\"}", "phone is required")]
    [TestCase("text", "{" + P + "}", "message is required")]
    [TestCase("text", "{" + P + ",\"message\":\"\"}", "message is required")]
    [TestCase("text", "{" + P + ",\"message\":null}", "message is required")]
    [TestCase("text", "{" + P + ",\"message\":7}", "message must be a string")]
    [TestCase("text", "{" + P + ",\"message\":\"\\ud800\"}", "message is not valid Unicode")]
    [TestCase("text", "{\"phone\":5511988887777,\"message\":\"m\"}", "phone must be a string")]
    [TestCase("image", "{" + P + "}", "image is required")]
    [TestCase("image", "{" + P + ",\"image\":\"https://x.test/a.png\",\"caption\":[]}", "caption must be a string")]
    [TestCase("document/pdf", "{" + P + "}", "document is required")]
    [TestCase("link", "{" + P + ",\"message\":\"m\",\"image\":\"i\",\"linkUrl\":\"https://x.test\",\"title\":\"t\"}", "linkDescription is required")]
    [TestCase("link", "{" + P + ",\"message\":\"m\",\"image\":\"i\",\"linkUrl\":\"https://x.test\",\"title\":\"t\",\"linkDescription\":\"d\"}", "message must end with linkUrl")]
    [TestCase("button-otp", "{" + P + ",\"message\":\"m\"}", "code is required")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\"}", "buttonActions is required")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[]}", "buttonActions is required")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[1]}", "buttonActions[0] must be an object")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[{\"type\":\"URL\",\"label\":\"a\"}]}", "buttonActions[0].url is required")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[{\"type\":\"CALL\",\"label\":\"a\"}]}", "buttonActions[0].phone is required")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[{\"type\":\"COPY\",\"label\":\"a\"}]}", "buttonActions[0].type must be CALL, URL or REPLY")]
    [TestCase("button-actions", "{" + P + ",\"message\":\"m\",\"buttonActions\":[{\"type\":\"REPLY\",\"label\":\"a\"},{\"type\":\"URL\",\"url\":\"u\",\"label\":\"b\"}]}", "buttonActions must not mix REPLY with CALL or URL")]
    [TestCase("button-list", "{" + P + ",\"message\":\"m\"}", "buttonList is required")]
    [TestCase("button-list", "{" + P + ",\"message\":\"m\",\"buttonList\":{\"buttons\":[{}]}}", "buttonList.buttons[0].label is required")]
    [TestCase("option-list", "{" + P + ",\"message\":\"m\",\"optionList\":{\"title\":\"t\",\"buttonLabel\":\"b\"}}", "optionList.options is required")]
    [TestCase("option-list", "{\"phone\":\"120363019502650977-group\",\"message\":\"m\",\"optionList\":{}}", "optionList cannot be sent to a group")]
    [TestCase("text", "{", "invalid JSON body")]
    [TestCase("text", "", "invalid JSON body")]
    [TestCase("text", "[]", "invalid JSON body")]
    public async Task An_invalid_send_is_refused_with_the_field_in_the_error(string action, string body, string error)
    {
        Assert.That(await RunningEmulator.RefusalAsync(emulator.SendAsync(action, body)), Is.EqualTo((400, error)));
        Assert.That(await emulator.MessagesAsync(), Is.Empty);
    }

    [TestCase("+5511988887777")]
    [TestCase("8888777")]
    [TestCase("5511988887777123")]
    [TestCase("(11) 98888-7777")]
    [TestCase("55119888٧7777")]
    [TestCase("-group")]
    [TestCase("abc@lid")]
    public async Task A_phone_that_whatsapp_could_not_know_is_refused(string phone)
    {
        var (status, error) = await RunningEmulator.RefusalAsync(emulator.SendTextAsync(phone));

        Assert.That((status, error), Is.EqualTo((400, "phone must have 12 to 15 digits, or be a group or LID")));
    }

    [Test]
    public async Task A_send_without_client_token_is_refused_in_the_gateways_words()
    {
        using var stranger = new HttpClient { BaseAddress = emulator.Http.BaseAddress };

        var refusal = await RunningEmulator.RefusalAsync(
            stranger.PostAsync(RunningEmulator.Gateway("send-text"), RunningEmulator.Json("""{"phone":"5511988887777","message":"m"}""")));

        Assert.That(refusal, Is.EqualTo((400, "null not allowed")));
    }

    [Test]
    public async Task A_body_that_is_not_json_by_its_content_type_is_415()
    {
        using var body = new StringContent("""{"phone":"5511988887777","message":"m"}""", Encoding.UTF8, "text/plain");

        var (status, _) = await RunningEmulator.RefusalAsync(emulator.Http.PostAsync(RunningEmulator.Gateway("send-text"), body));

        Assert.That(status, Is.EqualTo(415));
    }

    [Test]
    public async Task A_wrong_verb_is_405_and_an_unknown_action_404()
    {
        using var wrongVerb = await emulator.Http.GetAsync(RunningEmulator.Gateway("send-text"));
        using var unknown = await emulator.SendAsync("telegram", "{}");

        Assert.That(((int)wrongVerb.StatusCode, (int)unknown.StatusCode), Is.EqualTo((405, 404)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_body_above_one_mebibyte_is_413(bool chunked)
    {
        using var body = RunningEmulator.Json($$"""{{{P}},"message":"{{new string('a', 1 << 20)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, RunningEmulator.Gateway("send-text")) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;

        var (status, _) = await RunningEmulator.RefusalAsync(emulator.Http.SendAsync(request));

        Assert.That(status, Is.EqualTo(413));
    }

    [Test]
    public async Task A_chunked_body_is_taken_like_any_other()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, RunningEmulator.Gateway("send-text"))
        {
            Content = RunningEmulator.Json($$"""{{{P}},"message":"{{new string('a', 100_000)}}"}"""),
        };
        request.Headers.TransferEncodingChunked = true;

        using var response = await emulator.Http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(((string)(await emulator.MessagesAsync())[0]!["text"]!).Length, Is.EqualTo(100_000));
    }

    [Test]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        using var body = new ByteArrayContent([.. "{\"phone\":\"5511988887777\",\"message\":\""u8, 0xff, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var refusal = await RunningEmulator.RefusalAsync(emulator.Http.PostAsync(RunningEmulator.Gateway("send-text"), body));

        Assert.That(refusal, Is.EqualTo((400, "invalid JSON body")));
    }

    [Test]
    public async Task The_gateway_also_answers_below_emulator()
    {
        using var response = await emulator.Http.PostAsync(
            "/emulator" + RunningEmulator.Gateway("send-text"), RunningEmulator.Json("""{"phone":"5511988887777","message":"m"}"""));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(await emulator.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_absurd_instance_id_is_refused()
    {
        var refusal = await RunningEmulator.RefusalAsync(emulator.SendTextAsync(instance: new string('a', 101)));

        Assert.That(refusal, Is.EqualTo((400, "instance not found")));
    }
}
