using System.Globalization;
using Recado.Contracts;
using Recado.Normalizer.Boletos;

namespace Recado.Tests.Normalizer;

public sealed class BoletoPropertyTests
{
    private const int Lines = 10_000;
    private const int Mutated = 1000;
    private static readonly DateOnly Arrival = new(2026, 1, 15);

    [Test]
    public void Ten_thousand_valid_lines_of_banks_are_read_back()
    {
        var random = new Random(20_260_801);
        for (var i = 0; i < Lines; i++)
        {
            var due = new DateOnly(2025, 2, 22).AddDays(random.Next(4000));
            var centavos = random.Next(4) == 0 ? 0 : random.NextInt64(1, 9_999_999_999);
            var line = BoletoMaker.Bank(BoletoMaker.Digits(3, random, first: 7) + "9", $"{1000 + due.DayNumber - new DateOnly(2025, 2, 22).DayNumber:0000}{centavos:0000000000}", BoletoMaker.Digits(25, random));
            foreach (var written in new[] { line, BoletoMaker.Masked(line) })
            {
                var isValid = BoletoCode.TryParse(written, due, out var code, out var problem);
                Assert.That((isValid, problem, code?.DueDate, code?.Amount?.Amount), Is.EqualTo((true, (string?)null, due, centavos == 0 ? (long?)null : centavos)), written);
            }
            _ = BoletoCode.TryParse(line, due, out var ofLine, out _);
            Assert.That(BoletoCode.TryParse(ofLine!.BarCode, due, out var ofBars, out _) && ofBars == ofLine, line);
        }
    }

    [Test]
    public void Ten_thousand_valid_lines_of_arrecadacao_are_read_back()
    {
        var random = new Random(20_260_802);
        for (var i = 0; i < Lines; i++)
        {
            var kind = "6789"[random.Next(4)];
            var centavos = random.NextInt64(1, 99_999_999_999);
            var line = BoletoMaker.Collection($"8{random.Next(1, 10)}{kind}", $"{centavos:00000000000}{BoletoMaker.Digits(29, random)}");
            var isValid = BoletoCode.TryParse(line, Arrival, out var code, out var problem);

            Assert.That((isValid, problem, code?.Amount?.Amount), Is.EqualTo((true, (string?)null, kind is '6' or '8' ? centavos : (long?)null)), line);
            Assert.That(BoletoCode.TryParse(code!.BarCode, Arrival, out var ofBars, out _) && ofBars == code, line);
        }
    }

    /// <summary>
    /// Modulus 10 finds every changed digit. The general digit writes three remainders (0, 1 and 10) as 1, so it alone guards
    /// factor and amount: where it is 1, a change that leads from one of the three to another cannot be seen by anybody.
    /// </summary>
    [Test]
    public void Every_changed_digit_of_a_banks_line_is_found_but_those_that_FEBRABAN_lets_through()
    {
        var random = new Random(20_260_803);
        var (mutations, unseen) = (0, 0);
        for (var i = 0; i < Mutated; i++)
        {
            var line = BoletoMaker.Bank($"{BoletoMaker.Digits(3, random, first: 7)}9", BoletoMaker.Digits(14, random), BoletoMaker.Digits(25, random));
            foreach (var (at, mutation) in Mutations(line))
            {
                mutations++;
                if (!BoletoCode.TryParse(mutation, Arrival, out _, out var problem))
                {
                    Assert.That(problem, Is.EqualTo(CodeProblems.Checksum).Or.EqualTo(CodeProblems.Malformed), mutation);
                    continue;
                }
                unseen++;
                Assert.That((at >= 33, line[32]), Is.EqualTo((true, '1')), $"{line} became {mutation}");
            }
        }
        Assert.That(mutations, Is.EqualTo(Mutated * 47 * 9));
        Assert.That(unseen, Is.InRange(1, mutations / 50));
    }

    /// <summary>
    /// Every digit is guarded by its block and by the general digit. With modulus 11 both write the remainders 0 and 1 as 0,
    /// so a change goes unseen only where both fall into that gap at once.
    /// </summary>
    [Test]
    public void Every_changed_digit_of_arrecadacao_is_found_but_those_that_FEBRABAN_lets_through()
    {
        var random = new Random(20_260_804);
        var (mutations, unseen) = (0, 0);
        for (var i = 0; i < Mutated; i++)
        {
            var line = BoletoMaker.Collection($"8{random.Next(1, 10)}{"6789"[i % 4]}", BoletoMaker.Digits(40, random));
            foreach (var (at, mutation) in Mutations(line))
            {
                mutations++;
                if (!BoletoCode.TryParse(mutation, Arrival, out _, out _))
                    continue;
                unseen++;
                var block = at / 12;
                Assert.That((line[2] is '8' or '9', line[(block * 12) + 11], line[3]), Is.EqualTo((true, '0', '0')), $"{line} became {mutation}");
            }
        }
        Assert.That(mutations, Is.EqualTo(Mutated * 48 * 9));
        Assert.That(unseen, Is.LessThan(mutations / 1000));
    }

    private static IEnumerable<(int At, string Line)> Mutations(string line) =>
        from at in Enumerable.Range(0, line.Length)
        from digit in "0123456789"
        where digit != line[at]
        select (at, line[..at] + digit + line[(at + 1)..]);
}

/// <summary>Makes valid lines, by sums of its own.</summary>
internal static class BoletoMaker
{
    public static string Bank(string bankAndCurrency, string factorAndAmount, string free)
    {
        var rest = Eleven(bankAndCurrency + factorAndAmount + free);
        var general = 11 - rest is var digit && (digit is 0 or 10 or 11) ? 1 : 11 - rest;
        return Field(bankAndCurrency + free[..5]) + Field(free[5..15]) + Field(free[15..]) + general + factorAndAmount;
    }

    public static string Masked(string line) =>
        $"{line[..5]}.{line[5..10]} {line[10..15]}.{line[15..21]} {line[21..26]}.{line[26..32]} {line[32]} {line[33..]}";

    /// <param name="head">The first three digits.</param>
    /// <param name="rest">The forty after the general digit.</param>
    public static string Collection(string head, string rest)
    {
        int Check(string digits) => head[2] is '6' or '7' ? Ten(digits) : Eleven(digits) is var remainder && remainder < 2 ? 0 : 11 - Eleven(digits);
        var barCode = $"{head}{Check(head + rest)}{rest}";
        return string.Concat(Enumerable.Range(0, 4).Select(block => barCode.Substring(block * 11, 11)).Select(block => $"{block}{Check(block)}"));
    }

    public static string Digits(int count, Random random, int first = 10) =>
        string.Concat(Enumerable.Range(0, count).Select(at => random.Next(at == 0 ? first : 10).ToString(CultureInfo.InvariantCulture)));

    private static string Field(string digits) => $"{digits}{Ten(digits)}";

    private static int Ten(string digits)
    {
        var sum = digits.Reverse().Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 2 : 1)).Sum(product => (product / 10) + (product % 10));
        return (10 - (sum % 10)) % 10;
    }

    private static int Eleven(string digits) => digits.Reverse().Select((digit, at) => (digit - '0') * ((at % 8) + 2)).Sum() % 11;
}
