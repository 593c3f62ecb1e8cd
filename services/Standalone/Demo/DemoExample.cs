using System.Reflection;

namespace Recado.Standalone.Demo;

/// <summary>One example to post, and what has to come of it.</summary>
/// <param name="Title">For people.</param>
/// <param name="Route">Where it is posted.</param>
/// <param name="Authorization">The header, or null where the path is the secret.</param>
/// <param name="File">The payload, among the embedded examples.</param>
/// <param name="Messages">How many messages have to be read by the customer.</param>
/// <param name="StoppedBy">The event type that has to stop it, for those that have to stay silent.</param>
internal sealed record DemoExample(string Title, string Route, string? Authorization, string File, int Messages, string? StoppedBy = null)
{
    private const string Partner = "/api/v1/partners/demo/events";
    private const string PartnerKey = "Bearer partner-demo-key";

    /// <summary>
    /// One of every source, the documents' own where they have one. The cart that will be paid comes first, so that its
    /// last reminder would be due before the other cart's, which has to arrive.
    /// </summary>
    public static readonly IReadOnlyList<DemoExample> All =
    [
        new("a cart that will be paid", "/webhooks/abandoned-cart", "cart-demo-token", "cart-to-be-paid.json", 0, StoppedBy: "payment.approved"),
        new("its payment, told by Wiapy", "/webhooks/wiapy", "wiapy-demo-token", "wiapy-paid.json", 1),
        new("a cart left behind", "/webhooks/abandoned-cart", "cart-demo-token", "cart-abandoned.json", 3),
        new("a PIX that waits, told by Wiapy", "/webhooks/wiapy", "wiapy-demo-token", "wiapy-pix.json", 2),
        new("a partner's cart", Partner, PartnerKey, "partner-cart-abandoned.json", 1),
        new("a partner's failed payment", Partner, PartnerKey, "partner-payment-failed.json", 1),
        new("a partner's PIX", Partner, PartnerKey, "partner-pix-created.json", 1),
        new("a partner's boleto", Partner, PartnerKey, "partner-boleto-due.json", 1),
        new("an order, told by an ERP", "/api/v1/events", "Bearer events-demo-key", "events-order-created.json", 1),
        new("its parcel, told by an ERP", "/api/v1/events", "Bearer events-demo-key", "events-shipment-updated.json", 1),
    ];

    /// <summary>The payload as it is sent.</summary>
    public string Payload()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Examples/{File}")!);
        return reader.ReadToEnd();
    }
}
