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
    // "Este link expira após 30 dias."
    private static readonly TimeSpan RecoveryLinkLife = TimeSpan.FromDays(30);

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
            Links = LinksOf(SecureLink.Clean(body.Raw("recovery_url")), abandonedAt, webhook.ReceivedAt),
            Attribution = Tracking.Of(body.Object("utms")),
        };
        return CommerceEvents.Finish(told, findings);
    }

    // Counted like the waits of a journey: from the arrival where the cart's own time is in the future or more than a day before.
    private static Links LinksOf(string? recovery, DateTimeOffset? abandonedAt, DateTimeOffset receivedAt)
    {
        var since = abandonedAt is { } time && time <= receivedAt && time >= receivedAt.AddDays(-1) ? time : receivedAt;
        return new() { Checkout = recovery, CheckoutExpiresAt = recovery is null ? null : since + RecoveryLinkLife };
    }

    private static Customer CustomerOf(Fields customer) => new Customer
    {
        Name = PlainText.Line(customer.Raw("name"), PlainText.NameLength),
        Email = EmailAddress.Clean(customer.Raw("email")),
    }.WithPhone(customer.Written("phone"));

    private static Item ItemOf(Fields product) => new()
    {
        Id = product.Text("code"),
        Name = PlainText.Line(product.Raw("name"), PlainText.TitleLength),
        Quantity = product.Quantity("quantity"),
        UnitPrice = product.Price("price"),
        ImageUrl = SecureLink.Clean(product.Raw("image_url")),
    };
}
