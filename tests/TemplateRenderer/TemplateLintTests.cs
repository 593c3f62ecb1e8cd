using System.Text.Json;
using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed class TemplateLintTests
{
    private static readonly Template Sound = Sample.Text("Oi, {{1}}! São {{value}}, sim.") with { Variables = ["customer.name"] };
    private static readonly TemplateButton Reply = new() { Type = "REPLY", Label = "Sim" };
    private static readonly TemplateButton Url = new() { Type = "URL", Label = "Ver", Url = "https://shop.example" };

    private static readonly Template Buttons = Sample.Text("Oi.") with { Kind = MessageKinds.ButtonActions, Buttons = [Url] };
    private static readonly Template Otp = Sample.Text("Oi.") with { Kind = MessageKinds.ButtonOtp, Code = "{{pix.code}}" };
    private static readonly Template Link = Sample.Text("Oi: {{1}}") with
    {
        Kind = MessageKinds.Link,
        Variables = ["links.checkout"],
        Link = new() { Url = "{{ links.checkout }}", Title = "Loja", Description = "Sua compra", ImageUrl = "https://loja.example/capa.png" },
    };

    private static IEnumerable<TestCaseData> Broken()
    {
        static TestCaseData Case(Template template, string problem) => new TestCaseData(template, problem).SetArgDisplayNames(problem);
        yield return Case(Sound with { Name = "Not Kebab" }, "the name is not in kebab case");
        yield return Case(Sound with { Language = "portuguese" }, "the language is not written like pt_BR");
        yield return Case(Sound with { Category = "spam" }, "the category is neither marketing nor utility");
        yield return Case(Sample.Text(" \n"), "the body is empty");
        yield return Case(Sample.Text(new string('a', 1025)), "the body has more than 1024 characters");
        yield return Case(Sample.Text("{{1}}"), "body has {{1}}, which variables does not bind");
        yield return Case(Sample.Text("{{0}}"), "body has {{0}}, which variables does not bind");
        yield return Case(Sample.Text("{{custmer.name}}"), "body has {{custmer.name}}, an unknown variable");
        yield return Case(Sample.Text("{{value"), "body has braces that do not match");
        yield return Case(Sound with { Variables = ["customer.name", "value"] }, "variables has 'value', but no text has {{2}}");
        yield return Case(Sound with { Variables = ["customer.nome"] }, "variables has 'customer.nome', an unknown variable");
        yield return Case(With("pix.code", "x"), "fallbacks has 'pix.code', which no text uses");
        yield return Case(With("value", " "), "the fallback of 'value' is empty");
        yield return Case(With("value", "{{1}}"), "the fallback of 'value' has a placeholder, which is not expanded");
        yield return Case(Link with { Fallbacks = new Dictionary<string, string> { ["links.checkout"] = "http://shop.example" } },
            "the fallback of 'links.checkout' is not an https address");
        yield return Case(Sound with { Kind = "sticker" }, "'sticker' is no kind of message");
        yield return Case(Sound with { Kind = MessageKinds.ButtonOtp }, "kind button-otp needs code");
        yield return Case(Sound with { Kind = MessageKinds.Link }, "kind link needs link");
        yield return Case(Sound with { Kind = MessageKinds.ButtonActions }, "kind button-actions needs buttons");
        yield return Case(Sound with { Kind = MessageKinds.Image }, "kind image needs mediaUrl");
        yield return Case(Sound with { Kind = MessageKinds.Document, MediaUrl = "https://a.example/b" }, "kind document needs fileName");
        yield return Case(Sound with { Code = "1234" }, "kind text does not show code");
        yield return Case(Sound with { CodeLabel = "Copiar" }, "kind text does not show codeLabel");
        yield return Case(Sound with { Footer = "Loja" }, "kind text does not show title and footer");
        yield return Case(Link with { Body = "{{1}} aqui" }, "the body does not end with the link's url");
        yield return Case(Link with { Link = Link.Link! with { Title = "" } }, "link needs url, title, description and imageUrl: the gateway refuses it without");
        yield return Case(Link with { Link = Link.Link! with { ImageUrl = null } }, "link needs url, title, description and imageUrl: the gateway refuses it without");
        yield return Case(Buttons with { Buttons = [Url, Reply] }, "REPLY buttons are mixed with URL or CALL buttons");
        yield return Case(Buttons with { Buttons = [Reply, Reply, Reply, Reply] }, "there are more than 3 buttons");
        yield return Case(Buttons with { Buttons = [Reply with { Label = " " }] }, "a button has no label");
        yield return Case(Buttons with { Buttons = [Reply with { Label = new string('a', 26) }] }, "a button's label has more than 25 characters");
        yield return Case(Buttons with { Buttons = [Reply with { Type = "reply" }] }, "'reply' is no type of button");
        yield return Case(Buttons with { Buttons = [Url with { Url = null }] }, "a URL button has no url");
        yield return Case(Buttons with { Buttons = [Url with { Url = "http://shop.example" }] }, "buttons.url is not an https address");
        yield return Case(Buttons with { Buttons = [Url with { Url = "{{customer.name}}" }] }, "buttons.url is not an https address");
        yield return Case(Buttons with { Buttons = [Url with { Url = "https://{{customer.name}}.example/" }] }, "buttons.url is not an https address");
        yield return Case(Buttons with { Buttons = [Url with { Url = "https://127.0.0.1/{{order.number}}" }] }, "buttons.url is not an https address");
        yield return Case(Buttons with { Buttons = [new() { Type = "CALL", Label = "Ligar", Phone = "11 98765-4321" }] }, "a CALL button has no phone like +5511987654321");
        yield return Case(Buttons with { Title = new string('a', 61) }, "the title has more than 60 characters");
        yield return Case(Otp with { Code = "{{store.name}}" }, "code is not one variable that is a code");
        yield return Case(Otp with { Code = "x{{pix.code}}" }, "code is not one variable that is a code");
    }

    [TestCaseSource(nameof(Broken))]
    public void Each_problem_is_one_sentence_that_names_the_template(Template template, string problem) =>
        Assert.That(TemplateLint.Check(template), Is.EqualTo(new[] { $"Template '{template.Name}': {problem}." }));

    private static IEnumerable<Template> Clean() =>
    [
        Sound, Buttons, Otp, Link,
        Otp with { Code = "{{1}}", Variables = ["boleto.line"] },
        Otp with { Code = "BEMVINDO10" },
        Buttons with { Buttons = [Reply, Reply, Reply], Title = "Oi", Footer = "Loja" },
        Buttons with { Buttons = [Url with { Url = "https://shop.example/{{order.number}}" }] },
        Buttons with { Buttons = [Url with { Url = "https://shop.example?pedido={{order.number}}" }] },
        With("value", "o valor do pedido"),
    ];

    [TestCaseSource(nameof(Clean))]
    public void A_sound_template_has_no_problems(Template template) => Assert.That(TemplateLint.Check(template), Is.Empty);

    [Test]
    public void Problems_between_templates_are_found()
    {
        var (a, b, c) = (Sound with { Name = "a", Otherwise = "b" }, Sound with { Name = "b", Otherwise = "a" }, Sound with { Name = "c", Otherwise = "z" });

        Assert.That(TemplateLint.CheckAll([a, b, c, c with { Otherwise = null }]), Is.EquivalentTo(new[]
        {
            "Template 'a': otherwise leads back to the template itself.",
            "Template 'b': otherwise leads back to the template itself.",
            "Template 'c': the name is used twice.",
            "Template 'c': otherwise names 'z', which does not exist.",
        }));
        Assert.That(TemplateLint.CheckAll([a, Sound with { Name = "b" }]), Is.Empty);
    }

    [Test]
    public void Nulls_in_the_bundle_are_problems_or_nothing_but_never_an_exception()
    {
        const string json = """
            {"name":null,"language":null,"category":null,"kind":"link","body":null,"variables":[null],"fallbacks":{"value":null},
             "buttons":[null],"link":{"url":null,"title":null}}
            """;
        var template = JsonSerializer.Deserialize<Template>(json, JsonSerializerOptions.Web)!;

        Assert.That(TemplateLint.Check(template), Has.Count.GreaterThan(5));
        Assert.That(Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now).Reason, Is.EqualTo(Reasons.MissingValue));
    }

    private static Template With(string variable, string fallback) =>
        Sound with { Fallbacks = new Dictionary<string, string> { [variable] = fallback } };
}
