using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

public sealed partial class DemoBundleTests
{
    private static readonly Store Demo = Load();
    private static readonly Dictionary<string, Template> Templates = Demo.Templates.ToDictionary(template => template.Name);

    private sealed record Bundle(Store[] Stores);
    private sealed record Store(string Id, string Name, string TimeZone, string[] LinkHosts, Template[] Templates, Automation[] Automations);
    private sealed record Automation(string Id, string Name, string Trigger, Condition[]? Conditions, string Class, Step[] Steps, string[]? StopOn, string? ReentryAfter, string ExpireAfter);
    private sealed record Condition(string Field, string[] In);
    private sealed record Step(string? Wait, string? Send);

    [Test]
    public void Every_template_is_sound() => Assert.That(TemplateLint.CheckAll(Demo.Templates), Is.Empty);

    [Test]
    public void Every_automation_is_made_of_things_that_exist()
    {
        Assert.That(Demo.Automations.Select(automation => automation.Id), Is.Unique.And.All.Matches("^[a-z0-9]+(-[a-z0-9]+)*$"));
        foreach (var automation in Demo.Automations)
        {
            Assert.That(EventTypes.All, Does.Contain(automation.Trigger), automation.Id);
            Assert.That(automation.StopOn ?? [], Is.SubsetOf(EventTypes.All).And.No.Member(automation.Trigger), automation.Id);
            Assert.That(automation.Class, Is.EqualTo(MessageClasses.Reminder).Or.EqualTo(MessageClasses.Transactional), automation.Id);
            Assert.That(automation.Steps.Count(step => step.Send is not null), Is.Positive, automation.Id);
            Assert.That(automation.Steps.Select(step => step.Send).OfType<string>(), Is.SubsetOf(Templates.Keys), automation.Id);
            foreach (var step in automation.Steps) Assert.That(step.Wait is null, Is.Not.EqualTo(step.Send is null), automation.Id);
            string?[] durations = [automation.ExpireAfter, automation.ReentryAfter, .. automation.Steps.Select(step => step.Wait)];
            Assert.That(durations.OfType<string>(), Is.All.Match("^[1-9][0-9]*[smhd]$"), automation.Id);
            foreach (var condition in automation.Conditions ?? [])
            {
                Assert.That(condition.Field, Is.EqualTo("source").Or.EqualTo("payment.method"), automation.Id);
                if (condition.Field == "source") Assert.That(condition.In, Is.SubsetOf(Sources.All), automation.Id);
            }
        }
    }

    [Test]
    public void Every_template_is_sent_by_some_automation() => Assert.That(Templates.Keys, Is.SubsetOf(Demo.Automations.SelectMany(Reachable)));

    [TestCaseSource(typeof(EventTypes), nameof(EventTypes.All))]
    public void Every_type_of_event_has_an_automation_for_the_sources_that_tell_it(string type)
    {
        string[] sources = type == EventTypes.CartAbandoned
            ? [Sources.AbandonedCart, Sources.Partner, Sources.Events]
            : [Sources.Wiapy, Sources.AbandonedCart, Sources.Partner, Sources.Events];

        foreach (var source in sources)
            Assert.That(Demo.Automations.Where(automation => automation.Trigger == type && Takes(automation, source)), Is.Not.Empty, source);
    }

    [Test]
    public void No_source_gets_two_immediate_messages_for_one_event()
    {
        foreach (var source in Sources.All)
        {
            var immediate = Demo.Automations.Where(automation => automation.Steps[0].Send is not null && Takes(automation, source));
            Assert.That(immediate.Select(automation => automation.Trigger), Is.Unique, source);
        }
    }

    [Test]
    public void Whatever_asks_for_money_stops_when_it_was_paid()
    {
        var asking = Demo.Automations.Where(automation => automation.Trigger.StartsWith("cart.", StringComparison.Ordinal)
            || automation.Trigger is EventTypes.PixCreated or EventTypes.BoletoCreated or EventTypes.BoletoDue or EventTypes.PaymentFailed);

        foreach (var automation in asking)
        {
            Assert.That(automation.StopOn, Does.Contain(EventTypes.PaymentApproved), automation.Id);
            if (!automation.Trigger.StartsWith("cart.", StringComparison.Ordinal))
                Assert.That(automation.StopOn, Does.Contain(EventTypes.OrderCancelled), automation.Id);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Every_template_renders_for_a_full_event(string name)
    {
        var triggers = Demo.Automations.Where(automation => Reachable(automation).Contains(name)).Select(automation => automation.Trigger);

        foreach (var trigger in triggers)
        {
            var result = Rendering.Render(Templates[name], Sample.Event(trigger), Profile, Sample.Now);
            Assert.That((result.Reason, result.Detail), Is.EqualTo(((string?)null, (string?)null)));
            Assert.That(result.Content!.Text, Does.Contain("João").And.Not.Contain("{{"));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Every_body_keeps_to_the_rules_of_Meta(string name)
    {
        var body = Templates[name].Body;

        Assert.That(body, Does.Not.StartWith("{{").And.Not.EndWith("}}"));
        Assert.That(Adjacent().IsMatch(body), Is.False, "two variables side by side");
        Assert.That(body, Does.Not.Contain("\n\n\n").And.Not.Contain("    "));
    }

    [TestCase("partner-cart-abandoned", "customer.name", "store.name", "value", "links.checkout")]
    [TestCase("partner-payment-failed", "customer.name", "store.name", "value", "links.checkout")]
    [TestCase("partner-boleto-due", "customer.name", "store.name", "value", "links.payment")]
    [TestCase("partner-pix-created", "customer.name", "store.name", "value", "pix.code", "links.payment")]
    public void Partner_templates_bind_the_documented_positions(string name, params string[] variables) =>
        Assert.That(Templates[name].Variables, Is.EqualTo(variables));

    [TestCase(EventTypes.CartAbandoned)]
    [TestCase(EventTypes.PaymentFailed)]
    [TestCase(EventTypes.PixCreated)]
    [TestCase(EventTypes.BoletoDue)]
    public void A_partner_event_needs_neither_link_nor_code(string type)
    {
        var e = Sample.Bare() with { Type = type, ShopName = "Minha Loja", Value = new(19990, "BRL"), Customer = new() { Name = "Ana Oliveira" } };
        var template = Demo.Automations.Single(automation => automation.Trigger == type && automation.Id.StartsWith("partner-", StringComparison.Ordinal)).Steps[^1].Send!;

        var content = Rendering.Render(template, Templates.GetValueOrDefault, e, Profile, Sample.Now).Content;

        Assert.That(content?.Text, Does.Contain("Ana Oliveira").And.Contain("Minha Loja").And.Contain("R$ 199,90").And.Not.Contain(":\n"));
    }

    [Test]
    public void The_code_of_the_partner_document_is_not_sent_but_its_link()
    {
        const string documented = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5925DEMO ARARA HQ LTDA6009SAO PAULO62070503***63041234";
        var e = Sample.Event(EventTypes.PixCreated) with
        {
            Payment = new() { Pix = new() { Code = documented, Valid = false, Problem = CodeProblems.Malformed } },
            Links = new() { Payment = "https://checkout.exemplo.com/pix/123" },
        };

        var partner = Rendering.Render("partner-pix-created", Templates.GetValueOrDefault, e, Profile, Sample.Now);
        var general = Rendering.Render("pix-created", Templates.GetValueOrDefault, e, Profile, Sample.Now);

        Assert.That((partner.Template, partner.Reason, partner.Detail), Is.EqualTo(("partner-pix-created-link", Reasons.CodeNotPayable, "pix.code malformed")));
        Assert.That((partner.Content?.Kind, partner.Content?.Code, partner.Content?.Text), Is.EqualTo((MessageKinds.Text, (string?)null,
            "Oi, João Silva! O PIX de R$ 150,00 da sua compra em Loja Demo está pronto.\n\nPara ver o código e pagar, acesse:\nhttps://checkout.exemplo.com/pix/123\n\nQualquer dúvida, é só responder esta mensagem.")));
        Assert.That((general.Template, general.Content?.Code), Is.EqualTo(("pix-created-link", (string?)null)));
    }

    private static StoreProfile Profile => new() { Id = Demo.Id, Name = Demo.Name, TimeZone = Demo.TimeZone, LinkHosts = new(Demo.LinkHosts) };

    private static IEnumerable<string> Names() => Demo.Templates.Select(template => template.Name);

    private static bool Takes(Automation automation, string source) =>
        (automation.Conditions ?? []).Where(condition => condition.Field == "source").All(condition => condition.In.Contains(source));

    private static IEnumerable<string> Reachable(Automation automation) =>
        automation.Steps.Select(step => step.Send).OfType<string>().SelectMany(Chain);

    private static IEnumerable<string> Chain(string name)
    {
        for (string? next = name; next is not null; next = Templates[next].Otherwise) yield return next;
    }

    private static Store Load()
    {
        var root = typeof(DemoBundleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        using var file = File.OpenRead(Path.Combine(root, "deploy", "bootstrap", "demo.json"));
        return JsonSerializer.Deserialize<Bundle>(file, JsonSerializerOptions.Web)!.Stores.Single();
    }

    [GeneratedRegex(@"\}\}\s*\{\{")]
    private static partial Regex Adjacent();
}
