using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed class OtherwiseTests
{
    private static readonly Template Code = Sample.Text("Código {{pix.code}}.") with { Name = "code", Otherwise = "link" };
    private static readonly Template Link = Sample.Text("Link {{links.payment}} aqui.") with { Name = "link", Otherwise = "plain" };
    private static readonly Template Plain = Sample.Text("Valor {{value}}.") with { Name = "plain" };

    [Test]
    public void The_first_template_that_can_be_filled_is_sent()
    {
        var code = Sample.Event();
        var link = code with { Payment = null };
        var plain = link with { Links = new() };

        Assert.That(Render(code), Is.EqualTo(("code", $"Código {Sample.PixCode}.")));
        Assert.That(Render(link), Is.EqualTo(("link", "Link https://pay.example/1 aqui.")));
        Assert.That(Render(plain), Is.EqualTo(("plain", "Valor R$ 150,00.")));
    }

    [Test]
    public void An_invalid_value_falls_back_like_a_missing_one()
    {
        var e = Sample.Event() with { Payment = new() { Pix = new() { Code = Sample.PixCode, Valid = false } } };

        Assert.That(Render(e).Template, Is.EqualTo("link"));
    }

    [Test]
    public void When_none_can_be_filled_the_last_one_says_why()
    {
        var result = Rendering.Render("code", Find(Code, Link, Plain), Sample.Bare(), Sample.Store, Sample.Now);

        Assert.That((result.Template, result.Reason, result.Detail), Is.EqualTo(("plain", Reasons.MissingValue, "value")));
    }

    [Test]
    public void A_template_that_does_not_exist_is_named()
    {
        var asked = Rendering.Render("gone", Find(), Sample.Event(), Sample.Store, Sample.Now);
        var other = Rendering.Render("code", Find(Code), Sample.Bare(), Sample.Store, Sample.Now);

        Assert.That((asked.Reason, asked.Detail), Is.EqualTo((Reasons.UnknownTemplate, "gone")));
        Assert.That((other.Reason, other.Detail), Is.EqualTo((Reasons.UnknownTemplate, "link")));
    }

    [Test]
    public void A_ring_of_templates_ends()
    {
        var asked = 0;
        var find = Find(Code with { Otherwise = "code" });

        var result = Rendering.Render("code", name => { asked++; return find(name); }, Sample.Bare(), Sample.Store, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.MissingValue, "pix.code")));
        Assert.That(asked, Is.LessThan(20));
    }

    private static (string Template, string? Text) Render(CommerceEvent e)
    {
        var result = Rendering.Render("code", Find(Code, Link, Plain), e, Sample.Store, Sample.Now);
        return (result.Template, result.Content?.Text);
    }

    private static Func<string, Template?> Find(params Template[] templates) =>
        name => templates.FirstOrDefault(template => template.Name == name);
}
