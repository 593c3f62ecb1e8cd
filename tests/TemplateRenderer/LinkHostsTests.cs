using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed class LinkHostsTests
{
    private static readonly LinkHosts Listed = new(["checkout.seudominio.com", "*.example.com", "xn--lj-fka.com.br"]);

    [TestCase("https://checkout.seudominio.com/r/1", true)]
    [TestCase("https://CHECKOUT.SeuDominio.com:8443/r/1", true)]
    [TestCase("https://pay.example.com/1", true)]
    [TestCase("https://a.b.example.com/1", true)]
    [TestCase("https://xn--lj-fka.com.br/1", true)]
    [TestCase("https://example.com/1", false, Description = "below it is not itself")]
    [TestCase("https://seudominio.com/r/1", false)]
    [TestCase("https://checkout.seudominio.com.evil.example/r/1", false)]
    [TestCase("https://evilexample.com/", false)]
    [TestCase("https://evil.example/?checkout.seudominio.com", false)]
    [TestCase("https://evil.example/#@checkout.seudominio.com", false)]
    [TestCase("https://checkout.seudominio.com@evil.example/", false)]
    [TestCase("https://checkout.seudominio.com./", false)]
    [TestCase("http://checkout.seudominio.com/", false)]
    public void Only_listed_hosts_are_allowed(string link, bool allowed) => Assert.That(Listed.Allow(link), Is.EqualTo(allowed));

    [TestCase("https://loja.example/1", true)]
    [TestCase("https://loja.com.br/1", true)]
    [TestCase("https://xn--pple-43d.com/", false, Description = "apple with a Cyrillic a")]
    [TestCase("https://www.xn--pple-43d.com/", false)]
    [TestCase("https://127.0.0.1/", false)]
    public void Without_a_list_every_public_host_is_allowed_that_cannot_pass_for_another(string link, bool allowed) =>
        Assert.That(LinkHosts.Any.Allow(link), Is.EqualTo(allowed));

    [TestCase("links.checkout")]
    [TestCase("links.payment")]
    [TestCase("links.tracking")]
    [TestCase("links.order")]
    [TestCase("pix.url")]
    [TestCase("boleto.url")]
    public void A_link_to_another_host_is_named_as_not_allowed(string variable)
    {
        var template = Sample.Text($"Veja: {{{{{variable}}}}} agora");

        var result = Rendering.Render(template, Sample.Event(), Sample.Store with { LinkHosts = Listed }, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.LinkNotAllowed, variable)));
    }

    [Test]
    public void The_template_behind_may_do_without_the_link()
    {
        var first = Sample.Text("Veja: {{links.checkout}} agora") with { Otherwise = "plain" };
        var plain = Sample.Text("Valor: {{value}}.") with { Name = "plain" };

        var result = Rendering.Render("sample", name => name == "plain" ? plain : first, Sample.Event(), Sample.Store with { LinkHosts = Listed }, Sample.Now);

        Assert.That((result.Template, result.Content?.Text, result.Reason, result.Detail), Is.EqualTo(("plain", "Valor: R$ 150,00.", Reasons.LinkNotAllowed, "links.checkout")));
    }

    [TestCase("*")]
    [TestCase("*.*.example.com")]
    [TestCase("Loja.example")]
    [TestCase("loja.example/")]
    [TestCase("loja.example:443")]
    [TestCase("localhost")]
    [TestCase("")]
    [TestCase(null)]
    public void A_pattern_that_is_no_host_is_a_problem_of_the_bundle(string? pattern) =>
        Assert.That(LinkHosts.Check(["loja.example", pattern, "*.example"]), Has.Count.EqualTo(1));
}
