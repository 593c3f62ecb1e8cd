using Recado.Contracts;

namespace Recado.Tests.Normalizer;

public sealed class PayloadTests
{
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
            Assert.That(EzApi, Has.Count.GreaterThanOrEqualTo(68));
        });
    }

    private static void AssertMeaning(string source, string name) =>
        Assert.That(Outcome.Of(source, Payload.Body(source, name)), Is.EqualTo(Payload.Expected(source, name)));
}
