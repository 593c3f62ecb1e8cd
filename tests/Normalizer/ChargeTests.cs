using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>Codes on an event are marked, never lost.</summary>
public sealed class ChargeTests
{
    private const string Of199 =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671";
    private const string Line = "23793.38128 60007.827136 95000.063305 6 10720000004700";

    [TestCase(Of199, 19990, true, null)]
    [TestCase("\n " + Of199 + " ", 19990, true, null)]
    [TestCase(Of199, 19991, false, CodeProblems.AmountMismatch)]
    [TestCase("00020126580014br.gov.bcb.pix...", 19990, false, CodeProblems.Malformed)]
    [TestCase("x" + Of199, 19990, false, CodeProblems.Malformed)]
    public void A_PIX_code_is_marked_with_what_is_wrong(string code, long centavos, bool valid, string? problem)
    {
        var pix = Pix(code, centavos, "BRL");

        Assert.That((pix.Code, pix.Valid, pix.Problem), Is.EqualTo((code.Trim(), valid, problem)));
    }

    [Test]
    public void A_code_without_amount_fits_every_payment()
    {
        var open = PixMaker.WithChecksum(Of199[..^8].Replace("5406199.90", "", StringComparison.Ordinal));

        var pix = Pix(open, 1, "BRL");

        Assert.That((pix.Valid, pix.Amount), Is.EqualTo((true, (Money?)null)));
    }

    [Test]
    public void Amounts_in_two_currencies_are_not_compared() =>
        Assert.That(Pix(Of199, 4000, "USD").Problem, Is.Null);

    [Test]
    public void The_code_of_the_partner_document_is_malformed()
    {
        var pix = Event(Sources.Partner, Payload.Body(Sources.Partner, "pix-created")).Payment!.Pix!;

        Assert.That((pix.Code, pix.Valid, pix.Problem), Is.EqualTo((
            "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5925DEMO ARARA HQ LTDA6009SAO PAULO62070503***63041234", false, CodeProblems.Malformed)));
    }

    [TestCase(Line, 4700, true, null, "2025-05-05")]
    [TestCase(Line, 4701, false, CodeProblems.AmountMismatch, "2025-05-05")]
    [TestCase("23793.38128 60007.827136 95000.063305 5 10720000004700", 4700, false, CodeProblems.Checksum, null)]
    [TestCase("237933812860007827136950000633056107200000047", 4700, false, CodeProblems.Malformed, null)]
    public void A_boleto_is_marked_with_what_is_wrong(string line, long centavos, bool valid, string? problem, string? due)
    {
        var boleto = Boleto(line, centavos, null);

        Assert.That((boleto.Line, boleto.Valid, boleto.Problem, boleto.DueDate), Is.EqualTo((line, valid, problem, due is null ? (DateOnly?)null : DateOnly.Parse(due, null))));
    }

    [Test]
    public void The_sources_own_due_date_wins() => Assert.That(Boleto(Line, 4700, "2025-05-06").DueDate, Is.EqualTo(new DateOnly(2025, 5, 6)));

    [TestCase("2026-01-15T11:00:00Z", "2026-02-14T11:00:00Z")]
    [TestCase("2026-01-14T12:00:00Z", "2026-02-13T12:00:00Z")]
    [TestCase("2026-01-14T11:59:59Z", "2026-02-14T12:00:00Z", Description = "more than a day before its arrival: the arrival counts")]
    [TestCase("2026-01-15T12:00:01Z", "2026-02-14T12:00:00Z", Description = "in the future")]
    [TestCase("", "2026-02-14T12:00:00Z")]
    public void The_link_of_an_abandoned_cart_lives_thirty_days(string abandonedAt, string end)
    {
        var links = Event(Sources.AbandonedCart, $$"""{"cart_token":"c","abandoned_at":"{{abandonedAt}}","recovery_url":"https://loja.example/r/1"}""").Links;
        var none = Event(Sources.AbandonedCart, """{"cart_token":"c","recovery_url":"http://loja.example/r/1"}""").Links;

        Assert.That(links.CheckoutExpiresAt, Is.EqualTo(DateTimeOffset.Parse(end, null)));
        Assert.That(none, Is.EqualTo(new Links()));
    }

    private static Pix Pix(string code, long minor, string currency) => Event(Sources.Events,
        $$$$"""{"id":"1","type":"pix.created","payment":{"id":"p","amount":{"amountMinor":{{{{minor}}}},"currency":"{{{{currency}}}}"},"pix":{"code":{{{{JsonSerializer.Serialize(code)}}}} } } }""").Payment!.Pix!;

    private static Boleto Boleto(string line, long centavos, string? due) => Event(Sources.Events,
        $$$"""{"id":"1","type":"boleto.created","payment":{"id":"p","amount":{"amountMinor":{{{centavos}}},"currency":"BRL"},"boleto":{"line":"{{{line}}}","dueDate":"{{{due}}}"} } }""").Payment!.Boleto!;

    private static CommerceEvent Event(string source, string body) => (CommerceEvent)Normalization.Normalize(Payload.Webhook(source, body)).Messages.Single();
}
