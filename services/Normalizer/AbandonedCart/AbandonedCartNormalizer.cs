using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.AbandonedCart;

/// <summary>
/// The webhooks of the checkout: the cart that was left (abandoned-cart-webhook.txt) and its siblings "nova venda" and
/// "atualização de status". They carry no type, so the fields tell them apart; amounts are integer centavos.
/// </summary>
public sealed class AbandonedCartNormalizer : ISourceNormalizer
{
    public string Source => Sources.AbandonedCart;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root)
    {
        var findings = new Findings();
        var body = new Fields(root, findings);
        // A payment status wins: a sale that still names its cart must not be taken for an abandoned one.
        return body.Has("payment_status") || body.Has("transaction_token")
            ? Sale.Normalize(webhook, body, findings)
            : Cart(webhook, body, findings);
    }

    private static Normalized Cart(WebhookReceived webhook, Fields body, Findings findings)
    {
        var abandonedAt = body.Time("abandoned_at");
        var cart = new Cart { Id = body.Required("cart_token"), Total = body.Centavos("cart_amount"), AbandonedAt = abandonedAt };
        var told = CommerceEvents.Begin(webhook, EventTypes.CartAbandoned, abandonedAt) with
        {
            Customer = CustomerOf(body.Object("customer")),
            Cart = cart,
            Value = cart.Total,
            Items = [.. body.List("products").Select(ItemOf)],
            Links = new() { Checkout = SecureLink.Clean(body.Raw("recovery_url")) },
            Attribution = Tracking.Of(body.Object("utms")),
        };
        return CommerceEvents.Finish(told, findings);
    }

    private static Customer CustomerOf(Fields customer) => new()
    {
        Name = PlainText.Line(customer.Raw("name"), PlainText.NameLength),
        Phone = PhoneNumber.Clean(customer.Raw("phone")),
        Email = EmailAddress.Clean(customer.Raw("email")),
    };

    private static Item ItemOf(Fields product) => new()
    {
        Id = product.Text("code"),
        Name = PlainText.Line(product.Raw("name"), PlainText.TitleLength),
        Quantity = product.Quantity("quantity"),
        UnitPrice = product.Price("price"),
        ImageUrl = SecureLink.Clean(product.Raw("image_url")),
    };
}
