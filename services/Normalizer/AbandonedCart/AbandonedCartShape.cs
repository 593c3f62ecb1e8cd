using Recado.Normalizer.Shapes;

namespace Recado.Normalizer.AbandonedCart;

/// <summary>What is known of the checkout's payloads: the cart of abandoned-cart-webhook.txt, and the sale of its siblings.</summary>
internal static class AbandonedCartShape
{
    // Of the statuses only "pending" is documented; the others are the spellings that Sale takes.
    public static readonly Shape Known = Shape.Of(
        """
        $: cart_token abandoned_at cart_amount recovery_url
        customer: name email phone
        products[]: name code price quantity image_url
        utms: src utm_source utm_medium utm_campaign

        $: transaction_token external_code transaction_amount freight_amount automatic_discount payment_status payment_type
        $: date_created date_approved date_refunded
        customer: full_name cellphone identification_number
        customer_address: street number complement neighborhood district city state zipcode country
        products[]: title amount original_amount
        utms: utm_content utm_term
        """,
        values:
        [
            new(DriftKinds.Status, "payment_status",
                "pending", "approved", "paid", "refused", "declined", "failed", "refunded", "chargeback", "chargedback", "cancelled", "canceled"),
            new(DriftKinds.Type, "payment_type", "pix", "boleto", "credit_card"),
        ]);
}
