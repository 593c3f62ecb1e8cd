using System.Globalization;
using Recado.Contracts;

namespace Recado.Tests.TemplateRenderer;

public sealed class MoneyTests
{
    [TestCase(0, "BRL", "R$ 0,00")]
    [TestCase(1, "BRL", "R$ 0,01")]
    [TestCase(10, "BRL", "R$ 0,10")]
    [TestCase(19990, "BRL", "R$ 199,90")]
    [TestCase(123456, "BRL", "R$ 1.234,56")]
    [TestCase(100000000, "BRL", "R$ 1.000.000,00")]
    [TestCase(-123456, "BRL", "-R$ 1.234,56")]
    [TestCase(long.MaxValue, "BRL", "R$ 92.233.720.368.547.758,07")]
    [TestCase(long.MinValue, "BRL", "-R$ 92.233.720.368.547.758,08")]
    [TestCase(123456, "USD", "US$ 1.234,56")]
    [TestCase(123456, "EUR", "€ 1.234,56")]
    [TestCase(123456, "ARS", "ARS 1.234,56")]
    [TestCase(123456, "JPY", "JPY 123.456")]
    [TestCase(999, "CLP", "CLP 999")]
    [TestCase(150000, "PYG", "PYG 150.000")]
    [TestCase(1234567, "KWD", "KWD 1.234,567")]
    public void Amounts_are_written_as_in_Brazil(long minorUnits, string currency, string expected) =>
        Assert.That(Said(new(minorUnits, currency)), Is.EqualTo(expected));

    [Test]
    public void The_space_is_an_ordinary_one() => Assert.That(Said(new(100, "BRL"))![2], Is.EqualTo('\u0020'));

    [Test, SetCulture("ar-SA")]
    public void The_culture_of_the_machine_changes_nothing()
    {
        Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo("ar-SA"));
        Assert.That(Said(new(123456, "BRL")), Is.EqualTo("R$ 1.234,56"));
        Assert.That(Sample.Said("boleto.due_date", Sample.Event()), Is.EqualTo("09/10/2024"));
        Assert.That(Sample.Said("items.count", Sample.Event()), Is.EqualTo("3"));
    }

    [TestCase("")]
    [TestCase("R$")]
    [TestCase("brl")]
    [TestCase("BRLX")]
    [TestCase("*B*")]
    [TestCase(null)]
    public void An_amount_in_no_currency_is_invalid(string? currency)
    {
        var result = Sample.Render("Valor: {{value}}.", Sample.Event() with { Value = new(100, currency!) });

        Assert.That((result.Reason, result.Detail), Is.EqualTo((Reasons.InvalidValue, "value")));
    }

    [Test]
    public void Every_amount_can_be_read_back_from_what_is_said()
    {
        var random = new Random(20_260_901);
        string[] currencies = ["BRL", "USD", "EUR", "JPY", "CLP", "KWD", "BIF", "OMR", "MXN", "KMF"];
        for (var i = 0; i < 10_000; i++)
        {
            var money = new Money(random.NextInt64(-1_000_000_000_000_000, 1_000_000_000_000_001) / (long)Math.Pow(10, random.Next(15)), currencies[random.Next(currencies.Length)]);
            var said = Said(money)!;
            var decimals = said.Contains(',', StringComparison.Ordinal) ? said.Length - said.IndexOf(',', StringComparison.Ordinal) - 1 : 0;
            var digits = long.Parse(string.Concat(said.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) * (said[0] == '-' ? -1 : 1);
            Assert.That((digits, decimals), Is.EqualTo((money.Amount, Currencies.Decimals(money.Currency)!.Value)), said);
        }
    }

    private static string? Said(Money money) => Sample.Said("value", Sample.Event() with { Value = money });
}
