using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Boletos;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Pix;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Partner;

/// <summary>
/// Events of integrated partners (partner-events.txt): the four documented ones and every other of <see cref="EventTypes"/>,
/// with optional <c>order_id</c>, <c>payment_id</c>, <c>cart_id</c>, <c>external_id</c>, <c>email</c>, <c>occurred_at</c>.
/// <c>value</c> is decimal reais, unlike every other source.
/// </summary>
public sealed class PartnerNormalizer : ISourceNormalizer
{
    public string Source => Sources.Partner;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root)
    {
        var findings = new Findings();
        var body = new Fields(root, findings);
        var type = body.Required("event");
        if (!EventTypes.All.Contains(type))
        {
            body.Reject("event", QuarantineReasons.UnknownEvent);
            return new([], findings.First);
        }
        body.Required("phone");
        var value = ValueOf(body, type);
        var url = SecureLink.Clean(body.Raw("url"));
        var thing = CommerceEvents.ThingOf(type);
        var told = CommerceEvents.Begin(webhook, type, body.Time("occurred_at")) with
        {
            Customer = CustomerOf(body),
            ShopName = PlainText.Line(body.Raw("store"), PlainText.NameLength),
            Value = value,
            Cart = thing == "cart" || body.Has("cart_id") ? new() { Id = body.Id("cart_id"), Total = thing == "cart" ? value : null } : null,
            Order = thing == "order" || body.Has("order_id") ? new() { ExternalId = body.Id("order_id"), Total = thing == "order" ? value : null } : null,
            Payment = ChargeOf(body, type, thing, value, url, webhook.ReceivedAt),
            Shipment = thing == "shipment" ? new() : null,
            Links = LinksOf(thing, url),
        };
        return CommerceEvents.Finish(told, findings);
    }

    private static Money? ValueOf(Fields body, string type)
    {
        var isDocumented = type is EventTypes.CartAbandoned or EventTypes.PaymentFailed or EventTypes.PixCreated or EventTypes.BoletoDue;
        if (isDocumented && !body.Has("value"))
            body.Reject("value", QuarantineReasons.MissingField);
        return body.Reais("value");
    }

    // Not by external_id: that is the event's, by which Ingest tells a repeat.
    private static Customer CustomerOf(Fields body) => new Customer
    {
        Name = PlainText.Line(body.Raw("customer"), PlainText.NameLength),
        Email = EmailAddress.Clean(body.Raw("email")),
    }.WithPhone(body.Id("phone"));

    private static Payment? ChargeOf(Fields body, string type, string thing, Money? value, string? url, DateTimeOffset receivedAt)
    {
        var (isPix, isBoleto) = (thing == "pix", thing == "boleto");
        var isAbout = isPix || isBoleto || thing == "payment";
        var code = body.Raw("code");
        if (!isAbout && code is null && !body.Has("payment_id"))
            return null;
        var charged = isAbout ? value : null;
        return new()
        {
            Id = body.Id("payment_id"),
            Method = isPix ? "pix" : isBoleto ? "boleto" : null,
            Status = PaymentStatus.Of(type),
            Amount = charged,
            Pix = isBoleto ? null : PixCharge.Of(code, isPix ? url : null, charged: charged),
            Boleto = isBoleto ? BoletoCharge.Of(code, url, charged, receivedAt) : null,
        };
    }

    // The document has one link; a template may ask for it as the checkout whatever it leads to.
    private static Links LinksOf(string thing, string? url) => new()
    {
        Checkout = url,
        Payment = thing is "pix" or "boleto" ? url : null,
        Order = thing == "order" ? url : null,
        Tracking = thing == "shipment" ? url : null,
    };
}
