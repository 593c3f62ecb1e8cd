using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>Every status, method, type, envelope and kind of subscription of Wiapy, in all combinations.</summary>
public sealed class WiapyMatrixTests
{
    private static readonly string[] Statuses = ["paid", "unpaid", "credit_card_declined", "refunded", "chargedback"];
    private static readonly string[] Methods = ["pix", "credit_card", "boleto"];
    private static readonly string[] Types = ["payment", "subscription"];
    private static readonly string[] Envelopes = ["", "data", "body", "body.data"];
    private static readonly string?[] Subscriptions = ["{}", "null", null, """{"id":"s1","status":"active","active":true,"dt_start":"2025-04-01T00:00:00.000Z","dt_end":null,"next_billing":"2025-06-01T00:00:00.000Z"}"""];

    [Test]
    public void Every_combination_means_what_its_status_and_method_say(
        [ValueSource(nameof(Statuses))] string status, [ValueSource(nameof(Methods))] string method, [ValueSource(nameof(Types))] string type)
    {
        var seen = new HashSet<string>();
        foreach (var envelope in Envelopes)
            foreach (var subscription in Subscriptions)
            {
                var told = Tell(status, method, type, envelope, subscription);
                Assert.That(told.Type, Is.EqualTo(ExpectedType(status, method)), $"{envelope} {subscription}");
                Assert.That(told.Payment, Has.Property("Recurring").EqualTo(type == "subscription").And.Property("Method").EqualTo(method));
                Assert.That(told.Value, Is.EqualTo(new Money(4700, "BRL")));
                seen.Add(JsonSerializer.Serialize(told.Keys));
            }
        Assert.That(seen, Has.Count.EqualTo(1), "neither envelope nor subscription changes who and what it is about");
    }

    [TestCase("203.0.113.77")]
    [TestCase("CanaryBrowser")]
    [TestCase("fb.1.canary")]
    public void Address_browser_and_advertising_cookies_stay_in_the_raw_webhook(string canary)
    {
        Assert.That(Payload.Body(Sources.Wiapy, "paid-every-product-type"), Does.Contain(canary));
        Assert.That(Payload.Expected(Sources.Wiapy, "paid-every-product-type"), Does.Not.Contain(canary).And.Contain("Acesso à comunidade"));
    }

    private static string ExpectedType(string status, string method) => status switch
    {
        "paid" => EventTypes.PaymentApproved,
        "credit_card_declined" => EventTypes.PaymentFailed,
        "refunded" => EventTypes.PaymentRefunded,
        "chargedback" => EventTypes.PaymentChargedback,
        _ => method switch { "pix" => EventTypes.PixCreated, "boleto" => EventTypes.BoletoCreated, _ => EventTypes.PaymentPending },
    };

    private static CommerceEvent Tell(string status, string method, string type, string envelope, string? subscription)
    {
        var body = JsonNode.Parse(Payload.Body(Sources.Wiapy, "unpaid-pix"))!.AsObject();
        var payment = body["payment"]!.AsObject();
        (payment["status"], payment["payment_method"], payment["type"]) = (status, method, type);
        body.Remove("subscription");
        if (subscription is not null)
            body["subscription"] = JsonNode.Parse(subscription);
        foreach (var name in envelope.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
            body = new JsonObject { [name] = body };
        return (CommerceEvent)Normalization.Normalize(Payload.Webhook(Sources.Wiapy, body.ToJsonString())).Messages.Single();
    }
}
