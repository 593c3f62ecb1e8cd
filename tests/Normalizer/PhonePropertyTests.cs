using Recado.Contracts;
using Recado.Normalizer.Phones;

namespace Recado.Tests.Normalizer;

/// <summary>However a number is written, it is the same number.</summary>
public sealed class PhonePropertyTests
{
    private const int Cases = 10_000;

    [Test]
    public void Every_way_to_write_a_Brazilian_number_gives_the_same_E164()
    {
        var random = new Random(20_260_601);
        for (var i = 0; i < Cases; i++)
        {
            var national = Brazilian(random);
            foreach (var written in WaysToWrite(national, random))
                Assert.That(PhoneNumber.Clean(written), Is.EqualTo($"+55{national}"), written);
        }
    }

    [Test]
    public void Every_way_to_write_a_foreign_number_gives_the_same_E164()
    {
        var random = new Random(20_260_602);
        for (var i = 0; i < Cases; i++)
        {
            var (digits, country) = Foreign(random);
            string[] written = [$"+{digits}", $"00{digits}", $"+{Spaced(digits, random)}", $"00 {Spaced(digits, random)}", $"＋{digits}", $"\u202A+{digits}\u202C"];
            foreach (var text in written)
            {
                var isNumber = PhoneNumber.TryParse(text, out var number, out var reason);
                Assert.That((isNumber, number?.E164, number?.Country, reason), Is.EqualTo((true, $"+{digits}", country, (string?)null)), text);
            }
        }
    }

    [Test]
    public void An_alias_of_an_alias_is_the_number_itself()
    {
        var random = new Random(20_260_603);
        var aliased = 0;
        for (var i = 0; i < Cases; i++)
        {
            _ = PhoneNumber.TryParse($"+{(i % 2 == 0 ? $"55{Brazilian(random)}" : Foreign(random).Digits)}", out var number, out _);
            if (number!.Alias is not { } alias || !PhoneNumber.TryParse(alias, out var other, out _))
                continue;
            // +55 11 9 2… without its ninth digit reads as a landline, which has no other form.
            if (other.Alias is { } back)
                Assert.That(back, Is.EqualTo(number.E164));
            Assert.That(other.Country, Is.EqualTo(number.Country));
            aliased++;
        }
        Assert.That(aliased, Is.GreaterThan(Cases / 5));
    }

    [Test]
    public void Whatever_is_written_there_is_a_number_or_a_reason_of_the_list()
    {
        string[] reasons = [.. typeof(PhoneReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
        const string Characters = "0123456789012345678901234567890+()-. /xX@#*٣\u200B\u00A0０＋";
        var random = new Random(20_260_604);
        for (var i = 0; i < 10 * Cases; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Characters[random.Next(random.Next(3) == 0 ? Characters.Length : 31)]));
            if (random.Next(2) == 0)
                text = "+" + text;
            if (PhoneNumber.TryParse(text, out var number, out var reason))
                Assert.That(PhoneNumber.Clean(number.E164), Is.EqualTo(number.E164), text);
            else
                Assert.That(reasons, Does.Contain(reason), text);
        }
    }

    private static string Brazilian(Random random)
    {
        var area = AreaCodes.All[random.Next(AreaCodes.All.Count)];
        return random.Next(3) switch
        {
            0 => $"{area}{random.Next(2, 6)}{Digits(7, random)}",
            1 => $"{area}{random.Next(6, 10)}{Digits(7, random)}",
            _ => $"{area}9{random.Next(6, 10)}{Digits(7, random)}",
        };
    }

    private static IEnumerable<string> WaysToWrite(string national, Random random)
    {
        var (area, subscriber) = (national[..2], national[2..]);
        var masked = $"{subscriber[..^4]}-{subscriber[^4..]}";
        var carrier = $"{random.Next(10, 100)}";
        return
        [
            national, $"({area}) {masked}", $"{area} {masked}", $"{area}.{subscriber}", $"+55{national}", $"+55 ({area}) {masked}", $"55{national}",
            $"55 {area} {masked}", $"0{national}", $"(0{area}) {masked}", $"0{carrier}{national}", $"0 {carrier} {area} {masked}", $"0055{national}",
            $"00 55 {area} {masked}", $"+55 0{carrier} {area} {masked}", $"+55 (0){area} {masked}", $"+55 0{national}", $"550{national}", $"  {Spaced(national, random)}\t",
            $"55{national}@s.whatsapp.net", string.Concat(national.Select(digit => (char)(digit + '０' - '0'))), $"{area}/{masked.Replace('-', '\u2013')}",
        ];
    }

    private static (string Digits, string? Country) Foreign(Random random)
    {
        CallingCode[] codes = [.. CallingCodes.All.Where(code => code.Digits is not ("55" or "599" or "262"))];
        var code = codes[random.Next(codes.Length)];
        var national = code.Digits switch
        {
            "1" => $"{random.Next(2, 10)}{random.Next(2, 10)}{random.Next(10)}{random.Next(2, 10)}{Digits(6, random)}",
            "52" => $"{(random.Next(2) == 0 ? "1" : "")}{random.Next(2, 10)}{Digits(9, random)}",
            "54" => $"{(random.Next(2) == 0 ? "9" : "")}{random.Next(2, 4)}{Digits(9, random)}",
            _ => $"{random.Next(1, 10)}{Digits(random.Next(code.Shortest, code.Longest + 1) - 1, random)}",
        };
        var digits = code.Digits + national;
        return (digits, code.Digits is "1" or "7" ? CallingCodes.CountryOf(digits) : code.Country);
    }

    private static string Digits(int count, Random random) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10)));

    private static string Spaced(string digits, Random random) =>
        string.Concat(digits.Select((digit, i) => i > 0 && random.Next(3) == 0 ? $"{" -."[random.Next(3)]}{digit}" : $"{digit}"));
}
