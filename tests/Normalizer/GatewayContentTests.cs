using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Normalizer.EzApi;
using Recado.Normalizer.EzApi.Notifications;

namespace Recado.Tests.Normalizer;

/// <summary>What the examples of the gateway's document do not show.</summary>
public sealed class GatewayContentTests
{
    [Test]
    public void Of_an_unknown_block_only_the_name_is_kept()
    {
        var reply = Replied("""{"hologram":{"message":"segredo"},"a b":{},"aCurta":{"x":1},"lista":[{}],"nada":null,"externalAdReply":{"title":"t"}}""");

        Assert.That((reply.Kind, reply.Text), Is.EqualTo(("unknown", (string?)null)));
        Assert.That(reply.Content!.Unknown, Is.EqualTo(new[] { "aCurta", "hologram", "other" }));
    }

    [Test]
    public void An_unknown_block_beside_a_known_one_hides_nothing()
    {
        var reply = Replied("""{"hologram":{},"text":{"message":"oi"}}""");

        Assert.That((reply.Kind, reply.Text, reply.Content!.Unknown), Is.EqualTo(("text", "oi", (IReadOnlyList<string>?)null)));
    }

    [Test]
    public void What_is_wrong_in_a_block_is_absent_and_the_rest_stays()
    {
        var order = Replied("""{"order":{"orderId":7,"total":1e400,"subTotal":1999.90,"itemCount":-1,"sellerJid":"x","products":[null,{"quantity":"2","price":10}],"thumbnailUrl":"javascript:1"}}""").Content!.Order!;

        Assert.That((order.OrderId, order.Total, order.SubTotal, order.ItemCount, order.Seller, order.ThumbnailUrl), Is.EqualTo(("7", (decimal?)null, 1999.90m, (int?)null, (string?)null, (string?)null)));
        Assert.That(order.Products, Is.EqualTo(new[] { new ChatOrderItem { Price = 10 } }));
    }

    [TestCase("https://a.example/1", true)]
    [TestCase("http://a.example/1", true)]
    [TestCase("HTTPS://a.example", true)]
    [TestCase("ftp://a.example/1", false)]
    [TestCase("data:text/html,x", false)]
    [TestCase("//a.example/1", false)]
    [TestCase("a.example", false)]
    public void A_link_is_kept_as_given_if_it_leads_into_the_web(string link, bool kept) =>
        Assert.That(Replied($$"""{"text":{"message":"oi","url":"{{link}}"} }""").Content!.Text!.Url, Is.EqualTo(kept ? link : null));

    [Test]
    public void The_words_of_the_status_that_was_answered_are_not_the_customers()
    {
        var reply = Replied("""{"statusImage":{"caption":"Últimas peças","mimetype":"image/jpeg"}}""");

        Assert.That((reply.Text, reply.Content!.StatusImage!.Caption, reply.Content.StatusImage.MimeType), Is.EqualTo(((string?)null, "Últimas peças", "image/jpeg")));
    }

    [Test]
    public void People_may_be_LIDs()
    {
        var reaction = Replied("""{"reaction":{"value":"👍","reactionBy":"1234@lid","referencedMessage":{"participant":"5511988887777@s.whatsapp.net","fromMe":true}}}""").Content!.Reaction!;

        Assert.That(reaction.ReactionBy, Is.EqualTo("1234@lid"));
        Assert.That(reaction.ReferencedMessage, Is.EqualTo(new ChatReference { FromMe = true, Participant = "+5511988887777" }));
    }

    [TestCase("1736200255", "2025-01-06T21:50:55Z")]
    [TestCase("1736200255000", "2025-01-06T21:50:55Z")]
    [TestCase("0", null)]
    [TestCase("-1", null)]
    [TestCase("\"ontem\"", null)]
    public void When_somebody_was_last_seen_is_in_seconds(string lastSeen, string? expected)
    {
        var presence = Normalize($$"""{"type":"PresenceChatCallback","phone":"1@lid","status":"SLEEPING","lastSeen":{{lastSeen}}}""").Presence;

        Assert.That(presence, Is.EqualTo(new Presence("1@lid", "unknown", expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [TestCase("AVAILABLE", "available")]
    [TestCase("UNAVAILABLE", "unavailable")]
    [TestCase("COMPOSING", "composing")]
    [TestCase("PAUSED", "paused")]
    [TestCase("RECORDING", "recording")]
    public void Every_presence_is_told(string status, string expected) =>
        Assert.That(Normalize($$"""{"type":"PresenceChatCallback","status":"{{status}}"}""").Presence!.Status, Is.EqualTo(expected));

    [TestCase("""{"isGroup":true}""", Chat.Group)]
    [TestCase("""{"isGroup":"true","fromMe":true}""", Chat.Group)]
    [TestCase("""{"phone":"120363@g.us"}""", Chat.Group)]
    [TestCase("""{"phone":"120363-group","fromMe":true}""", Chat.Group)]
    [TestCase("""{"isNewsletter":true}""", Chat.Newsletter)]
    [TestCase("""{"phone":"120363@newsletter"}""", Chat.Newsletter)]
    [TestCase("""{"broadcast":true,"fromMe":true}""", Chat.Broadcast)]
    [TestCase("""{"phone":"status@broadcast"}""", Chat.Broadcast)]
    [TestCase("""{"fromMe":true}""", Chat.Echo)]
    [TestCase("""{"fromMe":true,"phone":"1234@lid"}""", Chat.Echo)]
    [TestCase("""{"phone":"1234@lid"}""", Chat.Customer)]
    [TestCase("""{"isGroup":false,"isNewsletter":null,"broadcast":false}""", Chat.Customer)]
    public void Chats_are_told_apart(string envelope, Chat expected)
    {
        var received = Received("""{"text":{"message":"oi"}}""", envelope);

        Assert.That(received.Inbound!.Chat, Is.EqualTo(expected));
        Assert.That(received.Messages.OfType<CustomerReplied>().Count(), Is.EqualTo(expected == Chat.Customer ? 1 : 0), "only a customer's own chat is a reply");
    }

    [TestCase("""{"sticker":{}}""", Description = "nothing to compare")]
    [TestCase("""{"image":{"imageUrl":"https://a.example/1"}}""")]
    [TestCase("""{"poll":{"question":"Sim?"}}""", Description = "Recado never sends one")]
    [TestCase("""{"text":{"message":"  "}}""")]
    [TestCase("""{"messageId":null,"text":{"message":"oi"}}""")]
    [TestCase("""{"phone":"ninguém","text":{"message":"oi"}}""")]
    public void An_echo_that_proves_nothing_is_counted(string content)
    {
        var received = Received(content, """{"fromMe":true}""");

        Assert.That((received.Messages.Count, received.Quarantine, received.Ignored), Is.EqualTo((0, (QuarantineCause?)null, "from_me")));
    }

    [Test]
    public void An_echo_does_not_take_the_shops_own_LID_for_the_customers()
    {
        var echo = (MessageEchoed)Received("""{"text":{"message":"oi\r\nAna"}}""", """{"fromMe":true,"senderLid":"999@lid"}""").Messages.Single();

        Assert.That((echo.Phone, echo.Lid, echo.Text), Is.EqualTo(("+5511988887777", (string?)null, "oi\nAna")));
    }

    [Test]
    public void An_echo_keeps_a_text_of_any_length() =>
        Assert.That(((MessageEchoed)Received($$"""{"text":{"message":"{{new string('x', 5000)}}"} }""", """{"fromMe":true}""").Messages.Single()).Text, Has.Length.EqualTo(5000));

    [TestCase("""{"notification":"CALL_MISSED_VOICE","phone":null}""", Description = "nobody knows who called")]
    [TestCase("""{"notification":"CALL_MISSED_VOICE","messageId":null}""")]
    [TestCase("""{"notification":"CALL_MISSED_VOICE","fromMe":true}""", Description = "the shop called")]
    public void Not_every_missed_call_is_a_customer_getting_in_touch(string envelope)
    {
        var received = Received("{}", envelope);

        Assert.That((received.Messages.Count, received.Quarantine, received.Ignored), Is.EqualTo((0, (QuarantineCause?)null, "notification CALL_MISSED_VOICE")));
        Assert.That(received.Notification, Is.TypeOf<MissedCall>());
    }

    [Test]
    public void A_notification_beside_content_is_not_the_news()
    {
        var received = Received("""{"text":{"message":"oi"},"notification":"CHAT_LABEL_ASSOCIATION"}""");

        Assert.That((received.Notification, ((CustomerReplied)received.Messages.Single()).Text), Is.EqualTo(((Notification?)null, "oi")));
    }

    private static CustomerReplied Replied(string content) => (CustomerReplied)Received(content).Messages.Single();

    private static Normalized Received(params string[] parts)
    {
        var body = JsonNode.Parse("""{"type":"ReceivedCallback","messageId":"M1","phone":"5511988887777"}""")!.AsObject();
        foreach (var (name, value) in parts.SelectMany(part => JsonNode.Parse(part)!.AsObject()))
            body[name] = value?.DeepClone();
        return Normalize(body.ToJsonString());
    }

    private static Normalized Normalize(string body)
    {
        var callback = JsonNode.Parse(body)!.AsObject();
        callback["instanceId"] = "INSTANCE_1";
        return Normalization.Normalize(Payload.Webhook(Sources.EzApi, callback.ToJsonString()));
    }
}
