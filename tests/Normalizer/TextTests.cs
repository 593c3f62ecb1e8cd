using System.Globalization;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Text;

namespace Recado.Tests.Normalizer;

public sealed class TextTests
{
    [TestCase("João Silva", "João Silva")]
    [TestCase("  João \t\r\n  Silva  ", "João Silva")]
    [TestCase("JOÃO", "JOÃO", Description = "the case stays")]
    [TestCase("Joa\u0303o", "João", Description = "NFC")]
    [TestCase("Jo\u0000ão\u0007", "João")]
    [TestCase("\u202Eavli\u202C S\u2066x\u2069", "avli Sx")]
    [TestCase("Z\u200Bé\uFEFF\u200D", "Zé")]
    [TestCase("👨\u200D👩\u200D👧 Silva", "👨\u200D👩\u200D👧 Silva")]
    [TestCase("❤\uFE0F\u200D🔥", "❤\uFE0F\u200D🔥")]
    [TestCase("\u3164Ana\u2800", "Ana", Description = "blank letters")]
    [TestCase("a\uD800b", "ab", Description = "half of a pair")]
    [TestCase("{{1}}", "{{1}}", Description = "inert: rendering substitutes once")]
    public void A_name_is_cleaned(string text, string expected) =>
        Assert.That(PlainText.Line(text, PlainText.NameLength), Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \u00A0\t ")]
    [TestCase("\u200B\u200D\u202E\u0000")]
    [TestCase("\u3164\u115F")]
    public void A_name_of_nothing_visible_is_none(string? text) => Assert.That(PlainText.Line(text, PlainText.NameLength), Is.Null);

    [Test]
    public void A_long_name_ends_at_a_whole_grapheme()
    {
        var family = "👨\u200D👩\u200D👧";
        var name = PlainText.Line(string.Concat(Enumerable.Repeat(family, 100)), PlainText.NameLength)!;

        Assert.That(new StringInfo(name).LengthInTextElements, Is.EqualTo(60));
        Assert.That(name, Is.EqualTo(string.Concat(Enumerable.Repeat(family, 60))));
    }

    [Test]
    public void Towers_of_marks_are_cut() =>
        Assert.That(PlainText.Line("Z" + new string('\u0323', 50) + "é", PlainText.NameLength), Has.Length.LessThanOrEqualTo(6));

    [Test]
    public void Cleaning_what_was_cleaned_changes_nothing()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x3000 : 0x10000)));
            var once = PlainText.Line(text, 60);
            Assert.That(PlainText.Line(once, 60), Is.EqualTo(once), Convert.ToHexString(System.Text.Encoding.BigEndianUnicode.GetBytes(text)));
        }
    }

    [TestCase("oi\r\ntudo\tbem\u0000?", "oi\ntudobem?")]
    [TestCase("  PARAR ", "  PARAR ")]
    public void A_message_keeps_its_lines(string text, string expected) => Assert.That(PlainText.Message(text), Is.EqualTo(expected));

    [Test]
    public void A_long_message_is_cut_between_characters()
    {
        var text = PlainText.Message("a" + string.Concat(Enumerable.Repeat("👍", 3000)))!;

        Assert.That(text, Has.Length.EqualTo(4095));
        Assert.That(char.IsLowSurrogate(text[^1]));
    }

    [TestCase("https://checkout.exemplo.com/123")]
    [TestCase("https://loja.example/carrinho?id=1#topo")]
    [TestCase("https://xn--lj-fka.example:8443/")]
    public void A_link_is_kept_as_given(string link) => Assert.That(SecureLink.Clean($" {link}\n"), Is.EqualTo(link));

    [TestCase("http://loja.example/1")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    [TestCase("//loja.example/1")]
    [TestCase("/carrinho/1")]
    [TestCase("loja.example")]
    [TestCase("https://banco.example@evil.example/")]
    [TestCase("https://loja.example\\@evil.example/")]
    [TestCase("https://loja.example/ 1")]
    [TestCase("https://loja.example/\u202E1")]
    [TestCase("https://")]
    [TestCase("https://[")]
    [TestCase("")]
    [TestCase(null)]
    public void A_link_that_might_mislead_is_dropped(string? link) => Assert.That(SecureLink.Clean(link), Is.Null);

    [Test]
    public void A_link_of_more_than_2048_characters_is_dropped() =>
        Assert.That(SecureLink.Clean("https://loja.example/" + new string('a', 2048)), Is.Null);

    [TestCase(" Ana.Souza@Example.COM\n", "ana.souza@example.com")]
    [TestCase("ana", null)]
    [TestCase("@example.com", null)]
    [TestCase("ana@", null)]
    [TestCase("a@b@c", null)]
    [TestCase("ana souza@example.com", null)]
    public void An_email_is_lower_case_or_none(string text, string? expected) => Assert.That(EmailAddress.Clean(text), Is.EqualTo(expected));

    [TestCase("529.982.247-25", "52998224725")]
    [TestCase("11.222.333/0001-81", "11222333000181")]
    [TestCase("52998224725", "52998224725")]
    [TestCase("000.000.000-00", null)]
    [TestCase("***.982.247-**", null)]
    [TestCase("529.982.247", null)]
    [TestCase("XXX52998224725", null)]
    [TestCase("", null)]
    public void A_document_is_digits_or_none(string text, string? expected) => Assert.That(DocumentNumber.Clean(text), Is.EqualTo(expected));
}
