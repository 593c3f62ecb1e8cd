using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>
/// Text that people should not be able to do anything with: bidirectional overrides, invisible characters, towers of
/// accents, markup, placeholders of every template language, and line breaks that would forge a line of the message.
/// </summary>
internal static class NaughtyText
{
    private static readonly string[] Unicode =
    [
        "pay\u202Elap", "\u202Dabc\u202C", "\u2066x\u2069\u2067y\u2069\u2068z\u2069", "\u200Fa\u200Eb\u061C", "a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf\u00ADg", "\u180Ea\u034Fb", "nulo\u0000nulo", "sino\u0007\u0008\u001B[31m",
        "\u0080\u0085\u009F", "\uFDD0\uFFFE\uFFFF\U0001FFFE", "\uE000\U000F0000\U0010FFFD", "\uFFFD\uFFF9a\uFFFAb\uFFFB", "Z\u0335\u0336\u0337\u0338e" + Repeat("\u0301", 50), Repeat("\u0489", 200) + "a", "👨\u200D👩\u200D👧\u200D👦", "👋🏽🇧🇷🏴\U000E0067\U000E0062\U000E007F",
        "\u200D👩\u200D", "João", "Joa\u0303o", "Раура1", "ⓟⓐⓨ", "𝓟𝓪𝔂", "Ｊｏａｏ", "ﷺ", "İıßŉǰ", "ﬁﬂ", "١٢٣", "㍿", "\u3164\u115F\u2800", "\u00A0\u2003\u3000", "\u2028a\u2029b", "ה\u05B0\u05C1שלום", "مرحبا", "漢字テスト", "ภาษาไทย", "Å\u030A\u030A",
        "\U0001D173a\U0001D17A", "\u206Aa\u206F", "a\u0300\u0301\u0302\u0303\u0304\u0305", "᠎", "𝕏" + Repeat("\uFE0F", 40), Repeat("👩\u200D", 100), Repeat("ﷺ", 300), Repeat("x", 5000), Repeat("😀", 3000), Repeat("a\n", 500),
    ];

    private static readonly string[] Expressions =
    [
        "{{1}}", "{{2}}", "{{value}}", "{{customer.name}}", "{{{value}}}", "{{{{value}}}}", "{{#each items}}x{{/each}}", "{{> partial}}", "{{=<% %>=}}", "{% if 1 %}x{% endif %}", "{{7*7}}", "${7*7}", "#{7*7}", "${value}",
        "<%= value %>", "<% x %>", "@(value)", "{0}", "{value}", "%s%n%x", "%1$s", "$&$1$`", "\\u0041\\n", "[[value]]", "((value))", "$(reboot)", "`reboot`", "{{", "}}", "{", "}", "{{ value", "value }}", "{{\nvalue\n}}",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "' or '1'='1", "\"; drop table messages; --", "../../etc/passwd", "file:///etc/passwd", "null", "undefined", "NaN", "true", "-1", "0", "1/0", "__proto__",
        "CON", "%00", "%0d%0a", "&lt;b&gt;", "=1+1", "@sum(1)", "+5511999999999", "http://mau.example/", "https://mau.example/x", "mau.example", "www.mau.example", "wa.me/5511999999999",
    ];

    private static readonly string[] Markup =
    [
        "*negrito*", "_itálico_", "~riscado~", "`código`", "```bloco```", "> citação", "- item", "1. item", "* item", "*", "***", "a*b*c", "_*~`", "*_~{{1}}~_*", "\t\tdentro", "a     b", "     ", "fim\n", "\ninício",
        "Ana!\nFim.", "Ana\r\nValor: R$ 0,01.", "Ana\rLoja: outra", "Ana\u2028Pagar: https://mau.example/", "Ana\u0085PIX: 000201", "Ana\u000BLink: x", "Ana\n\n\n\n\n\n\n\nx", "Oi, !\nFim.",
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var field in endpoint.TextFields)
            foreach (var text in Unicode.Concat(Expressions).Concat(Markup))
                yield return new(nameof(NaughtyText), $"{Shown(text)} as {field}", endpoint.Sends ? Kind.Odd : Kind.Bad,
                    person => endpoint.Post(JsonEdit.With(endpoint.Valid(person), field, JsonSerializer.Serialize(text))))
                { Value = text };
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Shown(string text)
    {
        var shown = JsonSerializer.Serialize(text);
        return shown.Length <= 60 ? shown : $"{shown[..60]}… ({text.Length})";
    }
}
