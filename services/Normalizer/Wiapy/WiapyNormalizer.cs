using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Boletos;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Pix;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Wiapy;

/// <summary>
/// Payments of Wiapy (wiapy-webhook.txt; field names from its full example). Amounts are integer centavos.
/// <c>payment.id</c> stays the same through all statuses of a payment. The customer's address on the net, browser and
/// advertising cookies (<c>tracking.ip</c>, <c>useragent</c>, <c>fbc</c>, <c>fbp</c>) stay in the raw webhook: no message needs them.
/// </summary>
public sealed class WiapyNormalizer : ISourceNormalizer
{
    public string Source => Sources.Wiapy;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root)
    {
        var findings = new Findings();
        var body = Envelope.Open(new Fields(root, findings));
        var payment = body.Object("payment");
        if (!payment.Exists)
            return Normalized.Quarantined(findings.First?.Reason ?? QuarantineReasons.MissingField, findings.First?.Field ?? "payment");
        var type = EventTypeOf(payment);
        if (type is null)
            return new([], findings.First);

        var charge = ChargeOf(payment, type, webhook.ReceivedAt) with { Subscription = Purchase.SubscriptionOf(body.Object("subscription")) };
        var told = CommerceEvents.Begin(webhook, type, payment.Time("dt_update") ?? payment.Time("dt_create")) with
        {
            Customer = CustomerOf(body.Object("customer")),
            Checkout = Purchase.CheckoutOf(body.Object("checkout")),
            Payment = charge,
            Value = charge.Amount,
            Items = [.. body.List("products").Select(Purchase.ItemOf)],
            Links = new() { Payment = charge.Pix?.Url ?? charge.Boleto?.Url },
            Attribution = Tracking.Of(body.Object("tracking")),
        };
        return CommerceEvents.Finish(told, findings);
    }

    // Never payment.type, which is a kind: "payment" there does not mean paid.
    private static string? EventTypeOf(Fields payment)
    {
        var status = payment.Required("status");
        var type = status switch
        {
            "paid" => EventTypes.PaymentApproved,
            "credit_card_declined" => EventTypes.PaymentFailed,
            "refunded" => EventTypes.PaymentRefunded,
            "chargedback" => EventTypes.PaymentChargedback,
            "unpaid" => payment.Required("payment_method") switch
            {
                "pix" => EventTypes.PixCreated,
                "boleto" => EventTypes.BoletoCreated,
                "" => null,
                _ => EventTypes.PaymentPending,
            },
            _ => null,
        };
        if (type is null)
            payment.Reject("status", QuarantineReasons.UnknownStatus);
        return type;
    }

    private static Payment ChargeOf(Fields payment, string type, DateTimeOffset receivedAt)
    {
        var method = payment.Text("payment_method");
        var waiting = payment.Object("pix_boleto");
        var url = SecureLink.Clean(waiting.Raw("url"));
        var amount = payment.Centavos("amount");
        return new()
        {
            Id = payment.Id("id"),
            Method = method,
            Status = PaymentStatus.Of(type),
            Amount = amount,
            Recurring = payment.Text("type") == "subscription",
            Installments = Installments(payment),
            InterestRate = payment.Number("installment_interest_rate"),
            Interest = payment.Price("credit_card_interest_fee"),
            Fee = payment.Price("fee"),
            CreatedAt = payment.Time("dt_create"),
            Pix = method == "pix" ? PixCharge.Of(waiting.Raw("code"), url, charged: amount) : null,
            Boleto = method == "boleto" ? BoletoCharge.Of(waiting.Raw("code"), url, amount, receivedAt) : null,
        };
    }

    // Wiapy says 0 for what is paid at once.
    private static int? Installments(Fields payment) =>
        payment.Integer("installments") is >= 0 and <= 999 and { } count ? Math.Max(1, (int)count) : null;

    private static Customer CustomerOf(Fields customer) => new Customer
    {
        Name = PlainText.Line(customer.Raw("name"), PlainText.NameLength),
        Email = EmailAddress.Clean(customer.Raw("email")),
        Document = DocumentNumber.Clean(customer.Raw("document")),
        ExternalId = customer.Id("id"),
    }.WithPhone(customer.Written("mobile_phone"));
}
