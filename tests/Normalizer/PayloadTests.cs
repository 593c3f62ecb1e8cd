using Recado.Contracts;

namespace Recado.Tests.Normalizer;

public sealed class PayloadTests
{
    /// <summary>Every JSON block of ezapi-webhooks.txt, in its order.</summary>
    private static readonly string[] GatewayDocument =
    [
        "received-envelope", "text-1", "text-2", "text-ad-1", "image-1", "audio-1", "video-1", "video-2", "doc-1", "sticker-1", "status-reply-1",
        "contact-1", "location-1", "button-reply-1", "list-reply-1", "template-text-1", "template-image-1", "template-video-1", "template-doc-1",
        "template-location-1", "buttons-image-1", "buttons-video-1", "carousel-1", "reaction-1", "poll-1", "poll-vote-1", "product-1", "order-1",
        "request-payment-1", "send-payment-1", "review-order-1", "review-pay-1", "newsletter-invite-1", "pin-1", "event-1", "event-response-1",
        "call-missed-1", "call-missed-2", "join-req-1", "join-req-2", "join-req-3", "newsletter-admin-1", "newsletter-admin-2", "profile-name-1",
        "profile-photo-1", "chat-label-1", "view-once-1", "delivery", "delivery-failed", "connected", "disconnected", "message-status-read",
        "presence-composing",
    ];

    private static IReadOnlyList<string> Wiapy => Payload.NamesOf(Sources.Wiapy);
    private static IReadOnlyList<string> AbandonedCart => Payload.NamesOf(Sources.AbandonedCart);
    private static IReadOnlyList<string> Partner => Payload.NamesOf(Sources.Partner);
    private static IReadOnlyList<string> Events => Payload.NamesOf(Sources.Events);
    private static IReadOnlyList<string> EzApi => Payload.NamesOf(Sources.EzApi);

    [TestCaseSource(nameof(Wiapy))]
    public void A_payload_of_Wiapy_means_what_is_written_beside_it(string name) => AssertMeaning(Sources.Wiapy, name);

    [TestCaseSource(nameof(AbandonedCart))]
    public void A_payload_of_the_checkout_means_what_is_written_beside_it(string name) => AssertMeaning(Sources.AbandonedCart, name);

    [TestCaseSource(nameof(Partner))]
    public void A_payload_of_a_partner_means_what_is_written_beside_it(string name) => AssertMeaning(Sources.Partner, name);

    [TestCaseSource(nameof(Events))]
    public void A_payload_of_the_Events_API_means_what_is_written_beside_it(string name) => AssertMeaning(Sources.Events, name);

    [TestCaseSource(nameof(EzApi))]
    public void A_callback_of_the_gateway_means_what_is_written_beside_it(string name) => AssertMeaning(Sources.EzApi, name);

    [Test]
    public void Every_example_of_the_documents_is_there()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Wiapy, Has.Count.GreaterThanOrEqualTo(10));
            Assert.That(AbandonedCart, Has.Count.GreaterThanOrEqualTo(9));
            Assert.That(Partner, Is.SupersetOf(new[] { "structure", "cart-abandoned", "payment-failed", "pix-created", "boleto-due" }));
            Assert.That(Events, Has.Count.GreaterThanOrEqualTo(20));
            Assert.That(EzApi, Is.SupersetOf(GatewayDocument));
        });
    }

    private static void AssertMeaning(string source, string name) =>
        Assert.That(Outcome.Of(source, Payload.Body(source, name)), Is.EqualTo(Payload.Expected(source, name)));
}
