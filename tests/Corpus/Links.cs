using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>Addresses that a customer must not be sent to; the event around them is good.</summary>
internal static class Links
{
    private static readonly string[] Never =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd", "ftp://mau.example/x", "http://mau.example/x", "HTTP://mau.example/x",
        "intent://mau.example/#Intent;end", "whatsapp://send?text=x", "tel:+5511999999999", "mailto:a@mau.example", "blob:https://mau.example/x", "view-source:https://mau.example/", "//mau.example/x", "///mau.example/x", "/mau/x", "mau.example/x",
        "https:mau.example", "https:/mau.example/x", "https:///mau.example/x", "https:// ", "https://?x", "https://#x", "https://loja.canario.example@mau.example/x", "https://loja.canario.example:443@mau.example/x", "https://a:b@mau.example/x",
        "https://@mau.example/x", "https://loja.canario.example%40mau.example/\\x", "https://loja.canario.example\\@mau.example/x", "https://loja.canario.example\\.mau.example/x", "https:\\\\mau.example\\x", "https://mau.example/\r\nHost: x", "https://mau.example/\nFim.",
        "https://mau.example/a b", "https://mau.example/\tb", "https://mau .example/x", "https://mau.example/\u202Egpj.exe", "https://mau\u200B.example/x", "https://mau.example/\u0000", "https://mau.example/<b>", "https://mau.example/\"x", "https://mau.example/`x`",
        "https://[::1", "https://[mau]/x", "https://mau.example:99999/x", "https://mau.example:x/x", "https://mau.example/\uD7FF\uFFFE", "\u00A0https://mau example/x", "https://mau.example/" + "a\u0301b\u2028c", "xhttps://mau.example/x", "https//mau.example/x",
        "https://127.0.0.1/x", "https://127.1/x", "https://0x7f.1/x", "https://0177.0.0.1/x", "https://2130706433/x", "https://[::1]/x", "https://[::ffff:127.0.0.1]/x", "https://①②⑦.0.0.1/x", "https://169.254.169.254/latest/meta-data", "https://localhost/x",
        "https://loja/x", "https://loja.local/x", "https://loja.internal/x", "https://loja.canario.example./x", "https://xn--80ak6aa92e.com/x", "https://lоja.canario.example/x", "https://loja.canario.example.mau.example/x", "https://canario.example/x",
        "https://outra.canario.example/x", "https://mau.example/x", "https://mau.example/?next=https://loja.canario.example/", "https://mau.example/#https://loja.canario.example/", "https://loja。canario。example/x",
        "https://mau.example/{{value}}", "https://mau.example/|x", "https://mau.example/^x",
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var field in endpoint.LinkFields)
        {
            foreach (var link in Never)
                yield return Make(endpoint, JsonSerializer.Serialize(link), field, link);
            yield return Make(endpoint, "4 KiB", field, "https://mau.example/" + new string('a', 4096));
            yield return Make(endpoint, "2,049 characters", field, "https://mau.example/".PadRight(2049, 'a'));
        }
    }

    private static Case Make(Endpoint endpoint, string name, string field, string link) =>
        new(nameof(Links), $"{name} as {field}", endpoint.Sends ? Kind.Odd : Kind.Bad,
            person => endpoint.Post(JsonEdit.With(endpoint.Valid(person), field, JsonSerializer.Serialize(link))))
        { Value = link, IsHeldBack = true };
}
