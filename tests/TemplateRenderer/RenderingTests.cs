using Recado.Contracts;
using Recado.TemplateRenderer;
using Recado.TemplateRenderer.Values;

namespace Recado.Tests.TemplateRenderer;

public sealed class RenderingTests
{
    [Test]
    public void Positions_and_names_are_replaced_with_spaces_inside_the_braces_or_without()
    {
        var template = new Template
        {
            Name = "sample",
            Body = "Oi, {{1}}! {{ 2 }}, {{value}} em {{ store.name }}.",
            Variables = ["customer.first_name", "items.summary"],
        };

        var result = Rendering.Render(template, Sample.Event(), Sample.Store, Sample.Now);

        Assert.That(result.Content?.Text, Is.EqualTo("Oi, João! Notebook Dell Inspiron e mais 1 item, R$ 150,00 em Loja Demo."));
    }

    [TestCase("customer.name", "João Silva")]
    [TestCase("customer.first_name", "João")]
    [TestCase("customer.email", "joao_silva@example.com")]
    [TestCase("store.name", "Loja Demo")]
    [TestCase("value", "R$ 150,00")]
    [TestCase("cart.total", "R$ 150,00")]
    [TestCase("order.number", "1001_A")]
    [TestCase("order.total", "R$ 160,00")]
    [TestCase("order.status", "em separação")]
    [TestCase("payment.amount", "R$ 199,90")]
    [TestCase("payment.method", "PIX")]
    [TestCase("payment.installments", "3")]
    [TestCase("pix.code", Sample.PixCode)]
    [TestCase("pix.url", "https://pay.example/p/1")]
    [TestCase("boleto.line", "23793.38128 60007.827136 95000.063305 9 75520000370000")]
    [TestCase("boleto.url", "https://pay.example/b/1")]
    [TestCase("boleto.due_date", "09/10/2024")]
    [TestCase("shipment.status", "saiu para entrega")]
    [TestCase("shipment.carrier", "Correios")]
    [TestCase("shipment.tracking_code", "BR123456789BR")]
    [TestCase("links.checkout", "https://checkout.example/r/CART_ABC123XYZ")]
    [TestCase("links.payment", "https://pay.example/1")]
    [TestCase("links.tracking", "https://track.example/BR123456789BR")]
    [TestCase("links.order", "https://shop.example/orders/1001")]
    [TestCase("items.first", "Notebook Dell Inspiron")]
    [TestCase("items.count", "3")]
    [TestCase("items.summary", "Notebook Dell Inspiron e mais 1 item")]
    [TestCase("occurred_at.date", "07/10/2024")]
    public void Every_variable_says_its_part_of_the_event(string variable, string expected) =>
        Assert.That(Sample.Said(variable, Sample.Event()), Is.EqualTo(expected));

    [Test]
    public void The_list_above_is_the_whole_catalogue()
    {
        var tested = typeof(RenderingTests).GetMethod(nameof(Every_variable_says_its_part_of_the_event))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>().Select(test => (string)test.Arguments[0]!);

        Assert.That(tested, Is.EquivalentTo(Variables.All.Select(variable => variable.Name)));
    }

    [Test]
    public void A_variable_without_value_is_named_as_missing()
    {
        string[] withFallback = ["customer.name", "customer.first_name", "store.name", "occurred_at.date"];

        foreach (var variable in Variables.All.Where(variable => !withFallback.Contains(variable.Name)))
        {
            var result = Sample.Render($"Valor: {{{{{variable.Name}}}}}.", Sample.Bare());
            Assert.That((result.Reason, result.Detail, result.Content), Is.EqualTo((Reasons.MissingValue, variable.Name, (MessageContent?)null)));
        }
    }

    [Test]
    public void A_missing_value_takes_the_fallback_of_the_template_and_a_name_takes_Cliente()
    {
        var template = Sample.Text("Oi, {{customer.first_name}}! {{items.summary}}.") with
        {
            Fallbacks = new Dictionary<string, string> { ["items.summary"] = "{{value}} de produtos" },
        };

        var text = Rendering.Render(template, Sample.Bare(), Sample.Store, Sample.Now).Content?.Text;

        Assert.That(text, Is.EqualTo("Oi, Cliente! {{value}} de produtos."), "a fallback is not expanded either");
    }

    [Test]
    public void The_fallback_of_the_template_goes_before_Cliente()
    {
        var template = Sample.Text("Oi, {{customer.name}}!") with
        {
            Fallbacks = new Dictionary<string, string> { ["customer.name"] = "pessoa querida" },
        };

        Assert.That(Rendering.Render(template, Sample.Bare(), Sample.Store, Sample.Now).Content?.Text, Is.EqualTo("Oi, pessoa querida!"));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("\u200B")]
    [TestCase("***")]
    [TestCase("\u3164")]
    public void A_value_of_which_nothing_is_left_counts_as_missing(string name)
    {
        Assert.That(Sample.Said("customer.name", Sample.Named(name)), Is.EqualTo("Cliente"));
        Assert.That(Sample.Said("store.name", Sample.Event() with { ShopName = name }), Is.EqualTo("Loja Demo"));
    }

    [Test]
    public void The_event_may_name_the_shop() =>
        Assert.That(Sample.Said("store.name", Sample.Event() with { ShopName = "Nike Store" }), Is.EqualTo("Nike Store"));

    [TestCase("evil.com")]
    [TestCase("Loja https://evil.example/x")]
    [TestCase("Ganhe em wa.me/5511999999999")]
    public void A_shop_name_that_reads_as_a_link_is_not_said(string name) =>
        Assert.That(Sample.Said("store.name", Sample.Event() with { ShopName = name }), Is.EqualTo("Loja Demo"));

    [TestCase("{{nothing.like.this}}", "nothing.like.this")]
    [TestCase("{{1}}", "1")]
    [TestCase("{{#each items}}", "#each items")]
    [TestCase("{{{value}}}", "{value")]
    [TestCase("{{}}", "")]
    public void A_placeholder_that_means_nothing_stops_the_message(string placeholder, string detail)
    {
        var result = Sample.Render($"Oi {placeholder} ai", Sample.Event());

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.MissingValue, detail)));
    }

    [TestCase("Oi, {{value")]
    [TestCase("Oi, value}}")]
    public void Braces_that_do_not_match_stop_the_message(string body)
    {
        var result = Sample.Render(body, Sample.Event());

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "body")));
    }

    [TestCase("pix", "PIX")]
    [TestCase("credit_card", "cartão de crédito")]
    [TestCase("boleto", "boleto")]
    [TestCase("apple_pay", "apple pay")]
    public void Payment_methods_are_told_in_Portuguese(string method, string expected) =>
        Assert.That(Sample.Said("payment.method", Sample.Event() with { Payment = new() { Method = method } }), Is.EqualTo(expected));

    [Test]
    public void The_day_is_that_of_the_store()
    {
        var late = Sample.Event() with { OccurredAt = new DateTimeOffset(2024, 10, 8, 2, 59, 0, TimeSpan.Zero) };

        Assert.That(Sample.Said("occurred_at.date", late), Is.EqualTo("07/10/2024"));
    }

    [Test]
    public void A_store_without_a_real_time_zone_has_no_dates()
    {
        var result = Rendering.Render(Sample.Text("Em {{occurred_at.date}}."), Sample.Event(), Sample.Store with { TimeZone = "Marte/Olympus" }, Sample.Now);

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "occurred_at.date")));
    }

    [Test]
    public void Items_are_summed_up_as_a_person_would()
    {
        static CommerceEvent With(params Item[] items) => Sample.Event() with { Items = items };
        var (a, b, c) = (new Item { Name = "Caneca", Quantity = 4 }, new Item { Name = "Prato" }, new Item { Name = "Copo" });

        Assert.That(Sample.Said("items.summary", With(a)), Is.EqualTo("Caneca"));
        Assert.That(Sample.Said("items.summary", With(a, b)), Is.EqualTo("Caneca e mais 1 item"));
        Assert.That(Sample.Said("items.summary", With(new Item(), a, b, c)), Is.EqualTo("Caneca e mais 3 itens"));
        Assert.That(Sample.Said("items.count", With(a, b)), Is.EqualTo("5"));
    }

    [Test]
    public void A_link_falls_back_to_the_one_of_its_charge_and_back()
    {
        var own = Sample.Event() with { Links = new() };
        var general = Sample.Event() with { Payment = new() };

        Assert.That(Sample.Said("links.payment", own), Is.EqualTo("https://pay.example/p/1"));
        Assert.That(Sample.Said("pix.url", general), Is.EqualTo("https://pay.example/1"));
        Assert.That(Sample.Said("boleto.url", general), Is.EqualTo("https://pay.example/1"));
    }

    [Test]
    public void A_message_longer_than_WhatsApp_takes_is_not_sent()
    {
        var result = Sample.Render(string.Concat(Enumerable.Repeat("{{links.checkout}} ", 110)), Sample.Event());

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "body")));
    }
}
