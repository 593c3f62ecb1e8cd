using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

/// <summary>What could be said and must not be: codes that nobody can pay, links whose time is over.</summary>
public sealed class HeldBackTests
{
    private static readonly Template PixCode = Sample.Text("PIX de {{value}}.") with { Name = "code", Kind = MessageKinds.ButtonOtp, Code = "{{pix.code}}", Otherwise = "link" };
    private static readonly Template Link = Sample.Text("Link {{links.payment}} aqui.") with { Name = "link" };

    [TestCase(CodeProblems.Malformed)]
    [TestCase(CodeProblems.Checksum)]
    [TestCase(CodeProblems.AmountMismatch)]
    [TestCase(CodeProblems.Currency)]
    public void A_code_with_a_problem_goes_as_its_link_and_says_why(string problem)
    {
        var result = Render(Pix(new() { Code = Sample.PixCode, Valid = false, Problem = problem }));

        Assert.That((result.Template, result.Content?.Text, result.Content?.Code), Is.EqualTo(("link", "Link https://pay.example/1 aqui.", (string?)null)));
        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.CodeNotPayable, $"pix.code {problem}")));
    }

    [Test]
    public void Without_a_link_it_is_not_sent_and_says_why()
    {
        var result = Render(Pix(new() { Code = Sample.PixCode, Valid = false, Problem = CodeProblems.Checksum }) with { Links = new() });

        Assert.That((result.Succeeded, result.Reason, result.Detail), Is.EqualTo((false, Reasons.CodeNotPayable, "pix.code checksum")));
    }

    [Test]
    public void No_text_of_the_template_makes_an_unpayable_code_good()
    {
        var e = Pix(new() { Code = Sample.PixCode, Valid = false });
        var template = Sample.Text("Código: {{pix.code}}.") with { Fallbacks = new Dictionary<string, string> { ["pix.code"] = "peça aqui" } };

        var result = Rendering.Render(template, e, Sample.Store, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.CodeNotPayable, "pix.code malformed")));
    }

    [Test]
    public void A_boleto_with_a_problem_is_held_back_likewise()
    {
        var e = Sample.Event() with { Payment = new() { Boleto = new() { Line = "1", Valid = false, Problem = CodeProblems.AmountMismatch } } };

        var result = Sample.Render("Linha: {{boleto.line}}.", e);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.CodeNotPayable, "boleto.line amount_mismatch")));
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    [TestCase(-1, false)]
    public void A_PIX_is_payable_until_it_expires(int seconds, bool payable)
    {
        var end = Sample.Now.AddSeconds(seconds);
        var result = Render(Pix(new() { Code = Sample.PixCode, Valid = true, ExpiresAt = end }));

        Assert.That((result.Content?.Code, result.Detail, result.ValidUntil),
            Is.EqualTo<(string?, string?, DateTimeOffset?)>(payable ? (Sample.PixCode, null, end) : (null, "pix.code expired", null)));
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    public void A_link_back_into_the_cart_is_good_until_it_expires(int seconds, bool good)
    {
        var end = Sample.Now.AddSeconds(seconds);
        var e = Sample.Event() with { Links = new() { Checkout = "https://checkout.example/1", CheckoutExpiresAt = end } };

        var result = Sample.Render("Veja {{links.checkout}} aqui.", e);

        Assert.That((result.Succeeded, result.Reason, result.Detail, result.ValidUntil),
            Is.EqualTo<(bool, string?, string?, DateTimeOffset?)>(good ? (true, null, null, end) : (false, Reasons.LinkExpired, "links.checkout", null)));
    }

    [Test]
    public void Only_what_a_message_says_ends_it()
    {
        var e = Pix(new() { Code = Sample.PixCode, Valid = true, ExpiresAt = Sample.Now.AddHours(2) }) with
        {
            Links = new() { Checkout = "https://checkout.example/1", CheckoutExpiresAt = Sample.Now.AddHours(1) },
        };

        Assert.That(Sample.Render("Valor {{value}}.", e).ValidUntil, Is.Null);
        Assert.That(Sample.Render("Código {{pix.code}}.", e).ValidUntil, Is.EqualTo(Sample.Now.AddHours(2)));
        Assert.That(Sample.Render("Código {{pix.code}} ou {{links.checkout}} aqui.", e).ValidUntil, Is.EqualTo(Sample.Now.AddHours(1)));
    }

    [Test]
    public void A_fallback_has_no_end()
    {
        var e = Pix(new() { ExpiresAt = Sample.Now.AddHours(-1) });
        var template = Sample.Text("Código: {{pix.code}}.") with { Fallbacks = new Dictionary<string, string> { ["pix.code"] = "peça aqui" } };

        var result = Rendering.Render(template, e, Sample.Store, Sample.Now);

        Assert.That((result.Content?.Text, result.ValidUntil), Is.EqualTo(("Código: peça aqui.", (DateTimeOffset?)null)));
    }

    private static RenderResult Render(CommerceEvent e) => Rendering.Render("code", name => name == "code" ? PixCode : Link, e, Sample.Store, Sample.Now);

    private static CommerceEvent Pix(Pix pix) => Sample.Event() with { Payment = new() { Pix = pix } };
}
