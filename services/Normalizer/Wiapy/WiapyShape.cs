using Recado.Normalizer.Shapes;

namespace Recado.Normalizer.Wiapy;

/// <summary>What is known of Wiapy's payloads: wiapy-webhook.txt, its full example, and the fields of subscriptions that integrators saw.</summary>
internal static class WiapyShape
{
    // "itens" is the document's own spelling.
    public static readonly Shape Known = Shape.Of(
        """
        payment: id status amount payment_method type installments installment_interest_rate credit_card_interest_fee fee dt_create dt_update
        payment.pix_boleto: code url
        subscription: id status active dt_start dt_end next_billing
        customer: id name email mobile_phone document
        checkout: id title amount
        checkout.orderbump[]: id title amount
        products[]: id title type
        products[].itens[]: title url
        tracking: ip useragent fbc fbp utm_source utm_medium utm_campaign utm_content utm_term
        """,
        envelopes: ["data", "body"],
        values:
        [
            new(DriftKinds.Status, "payment.status", "paid", "unpaid", "credit_card_declined", "refunded", "chargedback"),
            new(DriftKinds.Type, "payment.type", "payment", "subscription"),
            new(DriftKinds.Type, "payment.payment_method", "pix", "credit_card", "boleto"),
            new(DriftKinds.Type, "products[].type", "E-book", "Curso Online", "Mentoria", "Externo"),
        ]);
}
