using Recado.Contracts;

namespace Recado.Tests.Contracts;

public sealed class HttpsLinkTests
{
    [TestCase("https://checkout.exemplo.com/123", "checkout.exemplo.com")]
    [TestCase("HTTPS://LOJA.EXAMPLE", "loja.example")]
    [TestCase("https://loja.example:8443/a?b=c|d#e", "loja.example")]
    [TestCase("https://loja.example?x=@y", "loja.example")]
    [TestCase("https://loja.example/https://evil.example@x", "loja.example", Description = "an at sign in the path leads nowhere else")]
    [TestCase("https://xn--lj-fka.com.br/", "xn--lj-fka.com.br")]
    [TestCase("https://a-b.c1.example/açaí", "a-b.c1.example")]
    [TestCase("https://127.0.0.1.example.com/", "127.0.0.1.example.com")]
    public void A_public_https_link_is_safe(string link, string expected) =>
        Assert.That((HttpsLink.TryHost(link, out var host), host), Is.EqualTo((true, expected)));

    // Another scheme, or none.
    [TestCase("http://loja.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    [TestCase("ftp://loja.example/")]
    [TestCase("whatsapp://send?phone=1")]
    [TestCase("//loja.example/")]
    [TestCase("loja.example")]
    [TestCase("https:loja.example")]
    [TestCase("https:/loja.example")]
    [TestCase("https:\\\\loja.example")]
    [TestCase("http\u017F://loja.example", Description = "a long s")]
    [TestCase(" https://loja.example")]
    [TestCase("")]
    // Somebody else's host.
    [TestCase("https://banco.example@evil.example/")]
    [TestCase("https://a:b@evil.example/")]
    [TestCase("https://@evil.example/")]
    [TestCase("https://banco.example%40evil.example/")]
    [TestCase("https://good.example\\@evil.example/")]
    [TestCase("https://good.example\\.evil.example/")]
    [TestCase("https://good.example&evil.example/")]
    [TestCase("https://good.example;evil.example/")]
    // Addresses in numbers, in every notation.
    [TestCase("https://127.0.0.1/")]
    [TestCase("https://127.1/")]
    [TestCase("https://0x7f.1/")]
    [TestCase("https://0x7f000001/")]
    [TestCase("https://127.0.0.0x1/")]
    [TestCase("https://2130706433/")]
    [TestCase("https://0177.0.0.01/")]
    [TestCase("https://0/")]
    [TestCase("https://[::1]/")]
    [TestCase("https://[::ffff:127.0.0.1]/")]
    [TestCase("https://[fe80::1%25eth0]/")]
    [TestCase("https://①②⑦.0.0.1/")]
    [TestCase("https://127。0。0。1/")]
    [TestCase("https://１２７.0.0.1/")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://127.0.0.1.:443/")]
    // Names that are not public.
    [TestCase("https://localhost/")]
    [TestCase("https://intranet/")]
    [TestCase("https://servidor.local/")]
    [TestCase("https://vault.internal/")]
    [TestCase("https://metadata.google.internal/")]
    [TestCase("https://a.LOCALHOST/")]
    [TestCase("https://router.lan/")]
    [TestCase("https://1.0.0.127.in-addr.arpa/")]
    [TestCase("https://abc.onion/")]
    // No names at all.
    [TestCase("https://")]
    [TestCase("https:///x")]
    [TestCase("https://.example.com/")]
    [TestCase("https://loja.example./")]
    [TestCase("https://loja..example/")]
    [TestCase("https://-loja.example/")]
    [TestCase("https://loja-.example/")]
    [TestCase("https://lo_ja.example/")]
    [TestCase("https://loja.example:0/")]
    [TestCase("https://loja.example:65536/")]
    [TestCase("https://loja.example:/")]
    [TestCase("https://loja.example:x/")]
    [TestCase("https://loja.c/")]
    [TestCase("https://аррӏе.com/", Description = "Cyrillic")]
    [TestCase("https://\u212Belvin.example/")]
    [TestCase("https://boo\u212Aing.example/", Description = "the Kelvin sign, which is k in small letters")]
    // What is not seen, or ends a link early.
    [TestCase("https://loja.example/a b")]
    [TestCase("https://loja.example/\r\nOutra linha")]
    [TestCase("https://loja.example/\t")]
    [TestCase("https://loja.example/\u0000")]
    [TestCase("https://loja.example/\u202Egpj.exe")]
    [TestCase("https://loja.example/\u200B")]
    [TestCase("https://loja.example/\u2028")]
    [TestCase("https://loja.example/\u00A0x")]
    [TestCase("https://loja.example/\u3164")]
    [TestCase("https://loja.example/<b>")]
    [TestCase("https://loja.example/\"x\"")]
    [TestCase("https://loja.example/`x`")]
    [TestCase("https://loja.example/{{1}}")]
    [TestCase("https://loja.example/\uFFFE")]
    public void Whatever_might_mislead_is_not(string link) => Assert.That(HttpsLink.IsSafe(link), Is.False);

    [Test]
    public void A_link_has_at_most_2048_characters_and_a_host_253()
    {
        const string Start = "https://loja.example/";
        var label = new string('a', 63) + ".";

        Assert.That(HttpsLink.IsSafe(Start + new string('a', 2048 - Start.Length)));
        Assert.That(HttpsLink.IsSafe(Start + new string('a', 2049 - Start.Length)), Is.False);
        Assert.That(HttpsLink.IsSafe($"https://{label}{label}{label}{label[1..]}com.br/"), Is.False);
        Assert.That(HttpsLink.IsSafe($"https://a{label}com.br/"), Is.False, "64 characters between two dots");
    }

    [Test]
    public void Whatever_the_text_the_answer_is_the_host_that_a_browser_would_ask()
    {
        string[] pieces = ["https://", "https:/", "loja", ".", "example", ".com", "@", ":", "443", "/", "\\", "?", "#", "127.0.0.1", "0x7f", "[::1]", "%2e", " ", "\u200B", "é", "①", "xn--", "-"];
        var random = new Random(20_261_001);
        var safe = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = "https://" + string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!HttpsLink.TryHost(text, out var host))
                continue;
            safe++;
            var uri = new Uri(text);
            Assert.That((uri.Scheme, uri.IdnHost, uri.UserInfo, uri.HostNameType), Is.EqualTo(("https", host, "", UriHostNameType.Dns)), text);
        }
        Assert.That(safe, Is.GreaterThan(100));
    }
}
