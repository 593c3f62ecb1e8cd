using Recado.Contracts;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.AbandonedCart;

/// <summary>
/// A sale of the checkout: "nova venda" when it begins, "atualização de status" afterwards, in the same shape. Where the
/// customer lives (<c>customer_address</c>) stays in the raw webhook: no message needs it.
/// </summary>
internal static class Sale
{
    public static Normalized Normalize(WebhookReceived webhook, Fields body, Findings findings)
    {
        var token = body.Required("transaction_token");
        var status = body.Required("payment_status");
        if (EventTypeOf(status.ToLowerInvariant(), body.Text("payment_type")) is not { } type)
        {
            body.Reject("payment_status", QuarantineReasons.UnknownStatus);
            return new([], findings.First);
        }
        var total = body.Centavos("transaction_amount");
        var told = CommerceEvents.Begin(webhook, type, OccurredAt(body, type)) with
        {
            Customer = CustomerOf(body.Object("customer")),
            Cart = body.Id("cart_token") is { } cart ? new() { Id = cart } : null,
            Order = new()
            {
                ExternalId = token,
                Number = body.Id("external_code"),
                Total = total,
                Freight = body.Price("freight_amount"),
                Discount = body.Price("automatic_discount"),
                Status = status,
            },
            // A transaction is one charge: its token names both.
            Payment = new() { Id = token, Method = body.Text("payment_type"), Status = PaymentStatus.Of(type), Amount = total, CreatedAt = body.Time("date_created") },
            Value = total,
            Items = [.. body.List("products").Select(ItemOf)],
            Attribution = Tracking.Of(body.Object("utms")),
        };
        return CommerceEvents.Finish(told, findings);
    }

    // The literals other than "pending" are not in the document, so their usual spellings are all known.
    private static string? EventTypeOf(string status, string? method) => status switch
    {
        "pending" => method switch
        {
            "pix" => EventTypes.PixCreated,
            "boleto" => EventTypes.BoletoCreated,
            _ => EventTypes.PaymentPending,
        },
        "approved" or "paid" => EventTypes.PaymentApproved,
        "refused" or "declined" or "failed" => EventTypes.PaymentFailed,
        "refunded" => EventTypes.PaymentRefunded,
        "chargeback" or "chargedback" => EventTypes.PaymentChargedback,
        "cancelled" or "canceled" => EventTypes.OrderCancelled,
        _ => null,
    };

    private static DateTimeOffset? OccurredAt(Fields body, string type) => type switch
    {
        EventTypes.PixCreated or EventTypes.BoletoCreated or EventTypes.PaymentPending => body.Time("date_created"),
        EventTypes.PaymentApproved => body.Time("date_approved"),
        EventTypes.PaymentRefunded => body.Time("date_refunded"),
        // A refusal, a chargeback or a cancellation has no date of its own: the arrival is closer than the creation.
        _ => null,
    };

    private static Customer CustomerOf(Fields customer) => new Customer
    {
        Name = PlainText.Line(customer.Raw("full_name"), PlainText.NameLength),
        Email = EmailAddress.Clean(customer.Raw("email")),
        Document = DocumentNumber.Clean(customer.Raw("identification_number")),
    }.WithPhone(customer.Written("cellphone"));

    private static Item ItemOf(Fields product) => new()
    {
        Id = product.Text("code"),
        Name = PlainText.Line(product.Raw("title"), PlainText.TitleLength),
        Quantity = product.Quantity("quantity"),
        UnitPrice = product.Price("amount"),
        OriginalPrice = product.Price("original_amount"),
    };
}
