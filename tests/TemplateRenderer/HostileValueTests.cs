using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed class HostileValueTests
{
    [TestCase("{{2}}")]
    [TestCase("{{value}}")]
    [TestCase("{{customer.name}}")]
    [TestCase("${value}")]
    [TestCase("{0} %s $&")]
    [TestCase("<%=value%>")]
    public void A_value_is_never_expanded_again(string name)
    {
        var template = Sample.Text("Oi, {{1}}! Total: {{2}}.") with { Variables = ["items.first", "value"] };

        var result = Rendering.Render(template, Sample.Event() with { Items = [new() { Name = name }] }, Sample.Store, Sample.Now);

        Assert.That(result.Content?.Text, Is.EqualTo($"Oi, {name}! Total: R$ 150,00."));
    }

    [Test]
    public void A_customer_named_like_a_placeholder_stays_inert()
    {
        Assert.That(Sample.Said("customer.name", Sample.Named("{{2}}")), Is.EqualTo("{{2}}"));
        Assert.That(Sample.Said("customer.first_name", Sample.Named("{{value}}")), Is.EqualTo("{{value}}"));
    }

    [TestCase("*Oferta*", "Oferta")]
    [TestCase("_a_ ~b~ `c` ```d```", "a b c d")]
    [TestCase("Kit 2*1 meia_calça", "Kit 2 1 meia calça")]
    [TestCase("Linha 1\r\nLinha 2\t\tfim", "Linha 1 Linha 2 fim")]
    [TestCase("a\u2028b\u2029c\u0085d", "a b c d")]
    [TestCase("cinco     espaços\u00A0\u3000aqui", "cinco espaços aqui")]
    [TestCase("> citação", "citação")]
    [TestCase("- item", "item")]
    [TestCase("pay\u202Epal\u202C \u2066x\u2069", "paypal x")]
    [TestCase("a\u200Bb\u200Dc\u2060d\uFEFFe\u00ADf", "abcdef")]
    [TestCase("nulo\0 sino\a esc\u001B[31m", "nulo sino esc[31m")]
    [TestCase("família 👨‍👩‍👧 e 👋🏽", "família 👨‍👩‍👧 e 👋🏽")]
    [TestCase("privado\uE000", "privado")]
    public void Texts_become_one_visible_line_without_markup(string raw, string expected) =>
        Assert.That(Sample.Said("items.first", Sample.Event() with { Items = [new() { Name = raw }] }), Is.EqualTo(expected));

    /// <summary>Not test cases: an attribute cannot hold half a surrogate pair.</summary>
    [Test]
    public void Half_a_surrogate_pair_leaves_a_text_and_spoils_an_address_or_a_code()
    {
        var e = Pix("0002\uD83D01", true) with
        {
            Items = [new() { Name = "meia\uD83D \uDE00surrogada" }],
            Links = new() { Checkout = "https://checkout.example/\uD83D" },
        };

        Assert.That(Sample.Said("items.first", e), Is.EqualTo("meia surrogada"));
        Assert.That(Sample.Render("Acesse: {{links.checkout}} agora", e).Reason, Is.EqualTo(Reasons.InvalidValue));
        Assert.That(Sample.Render("Código: {{pix.code}}.", e).Reason, Is.EqualTo(Reasons.InvalidValue));
    }

    [Test]
    public void Stacked_accents_are_thinned_out()
    {
        var zalgo = "Z" + string.Concat(Enumerable.Repeat("\u0335", 50)) + "e";

        Assert.That(Sample.Said("customer.name", Sample.Named(zalgo)), Is.EqualTo("Z\u0335\u0335\u0335\u0335e"));
    }

    [Test]
    public void A_long_text_ends_with_an_ellipsis()
    {
        var said = Sample.Said("items.first", Sample.Event() with { Items = [new() { Name = new string('x', 5000) }] });

        Assert.That(said, Is.EqualTo(new string('x', 119) + "…"));
    }

    [TestCase("http://checkout.example/1")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    [TestCase("//checkout.example/1")]
    [TestCase("/carrinho/1")]
    [TestCase("checkout.example/1")]
    [TestCase("https://")]
    [TestCase("https:///1")]
    [TestCase("https://banco.example@evil.example/1")]
    [TestCase("https://a:b@evil.example/1")]
    [TestCase("https://@evil.example/1")]
    [TestCase("https://good.example\\@evil.example/")]
    [TestCase("https://checkout.example/\r\nOutra linha")]
    [TestCase("https://checkout.example/a b")]
    [TestCase("https://checkout.example/\u202Egpj.exe")]
    [TestCase(" https://checkout.example/1")]
    public void An_address_must_be_plain_https(string url)
    {
        var result = Sample.Render("Acesse: {{links.checkout}} agora", Sample.Event() with { Links = new() { Checkout = url } });

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "links.checkout")));
    }

    [TestCase("https://checkout.example/r/A_B_*c*~d?x=1&y=%20#_z_")]
    [TestCase("https://loja.example:8443/açaí?e=a@b.c")]
    [TestCase("HTTPS://LOJA.EXAMPLE")]
    public void A_good_address_is_kept_to_the_letter(string url) =>
        Assert.That(Sample.Said("links.checkout", Sample.Event() with { Links = new() { Checkout = url } }), Is.EqualTo(url));

    [Test]
    public void An_address_beyond_reason_is_invalid()
    {
        var url = "https://checkout.example/" + new string('a', 4096);

        Assert.That(Sample.Render("Acesse: {{links.checkout}}", Sample.Event() with { Links = new() { Checkout = url } }).Reason,
            Is.EqualTo(Reasons.InvalidValue));
    }

    [Test]
    public void A_code_is_exact_to_the_byte()
    {
        var code = " 000201***_~`6304{{value}} ";

        Assert.That(Sample.Said("pix.code", Pix(code, null)), Is.EqualTo(code));
    }

    [TestCase("0002\n01")]
    [TestCase("0002\u200B01")]
    public void A_code_with_something_unseen_in_it_is_invalid(string code) =>
        Assert.That(Sample.Render("Código: {{pix.code}}.", Pix(code, true)).Reason, Is.EqualTo(Reasons.InvalidValue));

    [Test]
    public void A_code_longer_than_any_PIX_code_is_invalid()
    {
        Assert.That(Sample.Render("Código: {{pix.code}}.", Pix(new string('0', 512), true)).Succeeded, Is.True);
        Assert.That(Sample.Render("Código: {{pix.code}}.", Pix(new string('0', 513), true)).Reason, Is.EqualTo(Reasons.InvalidValue));
    }

    private static CommerceEvent Pix(string code, bool? valid) =>
        Sample.Event() with { Payment = new() { Pix = new() { Code = code, Valid = valid } } };
}
