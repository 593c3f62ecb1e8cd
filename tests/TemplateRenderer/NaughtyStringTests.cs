using System.Globalization;
using System.Text;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

/// <summary>A thousand and more strings that no shop should send, from the payload to the message.</summary>
public sealed class NaughtyStringTests
{
    private const string Body = "Oi, {{customer.name}}! Seu pedido {{order.number}} em {{store.name}}: {{items.summary}}. Envio: {{shipment.carrier}}, {{shipment.status}}. Total: {{value}}.";

    private static readonly string[] Hostile =
    [
        // bidi
        "\u202Aa\u202C", "\u202Ea\u202C", "\u2066a\u2069", "\u2067a", "\u200Ea\u200F", "\u061Ca", "abc\u202Egpj.exe",
        // unseen and blank
        "\u200B", "a\u200Bb", "\uFEFFa", "\u2060a", "\u00ADa", "\u180Ea", "\u3164", "\u115Fa\u1160", "\uFFA0", "\u2800", "\u034Fa", "\u200Da", "a\u200D", "\U000E0041\U000E0042",
        // white space and lines
        "a\tb", "a     b", "a\r\nb", "a\nb", "a\u0085b", "a\u2028b", "a\u2029b", "\u00A0a\u3000", "a\u000B\u000Cb", "\u1680", "\u205F",
        // control
        "\u0000", "a\u0000b", "a\u0007", "\u001B[31mred", "\u007F", "\u0080a\u009F",
        // noncharacters, private, lost
        "a\uFFFEb", "\uFFFF", "\uFDD0a", "\U0001FFFEa", "\uE000", "\U000F0000", "a\uFFFDb",
        // towers
        "Z\u0351\u036B\u0343\u036A\u0302a\u036B\u033D\u034F\u0334\u0319l\u031E\u0360g\u035Eo", "e" + "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u0301a",
        // twins
        "Joa\u0303o", "João", "\u1E9B\u0323", "\u212B", "\uFB01", "가", "\u1100\u1161", "\u0344",
        // homoglyphs and other scripts
        "Аррӏе", "ρaypal", "𝕵𝖔ã𝖔", "Ｊｏａｏ", "李小龙", "محمد", "שלום", "नमस्ते", "ไทย", "İbrahim", "ſ", "ẞ",
        // emoji
        "👨\u200D👩\u200D👧\u200D👦", "👋🏽", "🇧🇷", "❤\uFE0F\u200D🔥", "🏳\uFE0F\u200D🌈", "😀😀😀😀😀", "1\uFE0F\u20E3",
        // templates
        "{{1}}", "{{customer.name}}", "{{{value}}}", "{{", "}}", "{{{{1}}}}", "${value}", "#{value}", "<%=value%>", "%s%n%x", "{0}", "$1 $& \\1", "\\u0041", "&#x41;",
        // WhatsApp markup
        "*bold*", "_italic_", "~strike~", "`code`", "```block```", "> quote", "- list", "1. list", "* list", "**", "___", "*a_b~c`d*", "a*b*c", "snake_case_name",
        // code
        "'; drop table messages; --", "\" or \"\"=\"", "<script>alert(1)</script>", "<b>x</b>", "../../etc/passwd", "$(id)", "`id`", "null", "undefined", "NaN", "true", "-1", "0",
        // links
        "https://evil.example/x", "evil.com", "www.evil.com", "wa.me/5511999999999", "javascript:alert(1)", "ana@evil.com", "tel:+5511999999999",
        // length
        new string('x', 61), new string('x', 121), new string('x', 10_000), new string('\u0301', 500), string.Concat(Enumerable.Repeat("👨\u200D👩\u200D👧", 200)), new string(' ', 5000),
    ];

    private static List<string> Naughty()
    {
        var random = new Random(20_261_101);
        var all = new List<string>(Hostile);
        while (all.Count < 3000)
            all.Add(string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Hostile[random.Next(Hostile.Length - 6)])));
        for (var i = 0; i < 1000; i++)
            all.Add(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Rune.TryCreate(random.Next(random.Next(2) == 0 ? 0x250 : 0x110000), out var rune) ? rune.ToString() : "")));
        return all;
    }

    [Test]
    public void Whatever_is_in_the_values_the_message_keeps_its_shape()
    {
        foreach (var text in Naughty())
        {
            var said = Render(text);
            Assert.That(said.StartsWith("Oi, ", StringComparison.Ordinal) && said.EndsWith(". Total: R$ 10,00.", StringComparison.Ordinal), Shown(text));
            Assert.That(said.Contains("! Seu pedido 1001 em ", StringComparison.Ordinal) && said.Contains(". Envio: ", StringComparison.Ordinal), Shown(text));
            Assert.That(said.IndexOfAny(['\n', '\r', '\t', '*', '_', '~', '`']), Is.EqualTo(-1), Shown(text));
            Assert.That(said, Does.Not.Contain("  "), Shown(text));
            Assert.That(said.IsNormalized(NormalizationForm.FormC), Shown(text));
            AssertSeen(said, text);
        }
    }

    [Test]
    public void Names_have_at_most_sixty_characters_and_keep_their_accents()
    {
        foreach (var text in Naughty())
            Assert.That(new StringInfo(Said("customer.name", text)).LengthInTextElements, Is.InRange(1, 60), Shown(text));
        Assert.That((Said("customer.name", "Joa\u0303o"), Said("customer.name", "JOA\u0303O")), Is.EqualTo(("João", "João")));
    }

    [Test]
    public void Neither_names_nor_shops_become_links()
    {
        foreach (var text in new[] { "https://evil.example/x", "evil.com", "www.evil.com", "wa.me/5511999999999", "Ana evil.com", "Ana\u200B evil.\u200Bcom", "*evil*.com", "evil.\u202Ecom" })
            Assert.That((Said("customer.name", text), Said("store.name", text)), Is.EqualTo(("Cliente", "Loja Demo")), Shown(text));
    }

    [TestCase("*1001*")]
    [TestCase("_1001_")]
    [TestCase("~1001~")]
    [TestCase("10`01")]
    [TestCase("1001*")]
    [TestCase("1001 _x_")]
    [TestCase("10__01")]
    [TestCase("10\n01")]
    [TestCase("10\u202E01")]
    public void An_order_number_or_tracking_code_with_markup_or_a_line_is_not_sent(string code)
    {
        var e = Sample.Event() with { Order = new() { Number = code }, Shipment = new() { TrackingCode = code } };

        Assert.That((Sample.Render("{{order.number}} x", e).Reason, Sample.Render("{{shipment.tracking_code}} x", e).Reason), Is.EqualTo((Reasons.InvalidValue, Reasons.InvalidValue)));
    }

    [TestCase("PED_1001")]
    [TestCase("2*3~4")]
    [TestCase("#1001-A/2")]
    public void What_marks_nothing_stays_in_a_code(string code) =>
        Assert.That(Sample.Said("order.number", Sample.Event() with { Order = new() { Number = code } }), Is.EqualTo(code));

    private static void AssertSeen(string said, string text)
    {
        Rune[] runes = [.. said.EnumerateRunes()];
        for (var i = 0; i < runes.Length; i++)
            if (UnseenCharacters.Contains(runes[i]) && !(i > 0 && i + 1 < runes.Length && UnseenCharacters.JoinsEmoji(runes[i - 1], runes[i], runes[i + 1])))
                Assert.Fail($"U+{runes[i].Value:X4} is left of {Shown(text)}");
    }

    private static string Said(string variable, string text) => Rendering.Render(Sample.Text($"<{{{{{variable}}}}}>"), Event(text), Sample.Store, Sample.Now).Content!.Text[1..^1];

    private static string Render(string text)
    {
        var template = Sample.Text(Body) with
        {
            Fallbacks = new Dictionary<string, string> { ["items.summary"] = "itens", ["shipment.carrier"] = "a", ["shipment.status"] = "b" },
        };
        return Rendering.Render(template, Event(text), Sample.Store, Sample.Now).Content!.Text;
    }

    /// <summary>By way of the Normalizer, as a shop sends it.</summary>
    private static CommerceEvent Event(string text)
    {
        var t = System.Text.Json.JsonSerializer.Serialize(text);
        var body = $$$"""
            {"id":"1","type":"order.created","customer":{"name":{{{t}}},"externalId":"c"},"order":{"id":"o","number":"1001","total":{"amountMinor":1000,"currency":"BRL"}},
             "items":[{"name":{{{t}}}}],"shipment":{"carrier":{{{t}}},"status":{{{t}}} } }
            """;
        return (CommerceEvent)Normalization.Normalize(Normalizer.Payload.Webhook(Sources.Events, body)).Messages.Single() with { ShopName = text };
    }

    private static string Shown(string text) => string.Concat(text.Take(80).Select(unit => unit is >= ' ' and <= '~' ? $"{unit}" : $"\\u{(int)unit:X4}"));
}
