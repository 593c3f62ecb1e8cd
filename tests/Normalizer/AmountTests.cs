using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Amounts;

namespace Recado.Tests.Normalizer;

public sealed class AmountTests
{
    [TestCase("199.90", 19990)]
    [TestCase("199.9", 19990)]
    [TestCase("199.900", 19990)]
    [TestCase("0.29", 29)]
    [TestCase("19.99", 1999)]
    [TestCase("1.1", 110)]
    [TestCase("0", 0)]
    [TestCase("-0", 0)]
    [TestCase("150", 15000)]
    [TestCase("1.0E7", 1_000_000_000)]
    [TestCase("9999999999999.99", 999_999_999_999_999)]
    public void Decimal_reais_become_exact_centavos(string json, long centavos) =>
        Assert.That(Amount.Reais(Read(json)), Is.EqualTo(new Money(centavos, "BRL")));

    [TestCase("199.905")]
    [TestCase("0.001")]
    [TestCase("1e-30")]
    [TestCase("199.90000000000000001")]
    [TestCase("199.9000000000000000000000000000001")]
    [TestCase("-0.01")]
    [TestCase("1e400")]
    [TestCase("1000000000000000000")]
    [TestCase("\"199.90\"")]
    [TestCase("\"199,90\"")]
    [TestCase("true")]
    [TestCase("[1]")]
    public void What_is_no_amount_in_reais_is_refused(string json) => Assert.That(Amount.Reais(Read(json)), Is.Null);

    [TestCase("4700", 4700)]
    [TestCase("0", 0)]
    [TestCase("1000000000000000", 1_000_000_000_000_000)]
    public void Centavos_are_integers(string json, long centavos) =>
        Assert.That(Amount.Centavos(Read(json)), Is.EqualTo(new Money(centavos, "BRL")));

    [TestCase("47.00")]
    [TestCase("-1")]
    [TestCase("1000000000000001")]
    [TestCase("9223372036854775808")]
    [TestCase("\"4700\"")]
    public void What_is_no_amount_in_centavos_is_refused(string json) => Assert.That(Amount.Centavos(Read(json)), Is.Null);

    [Test]
    public void Every_amount_of_two_decimals_survives()
    {
        var wrong = Enumerable.Range(0, 100_000).Where(centavos => Amount.Reais(Read($"{centavos / 100}.{centavos % 100:00}"))?.Amount != centavos);

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Minor_units_written_as_a_decimal_are_read_back_in_every_currency()
    {
        var random = new Random(20_260_902);
        string[] currencies = ["BRL", "USD", "JPY", "CLP", "KWD", "TND"];
        for (var i = 0; i < 10_000; i++)
        {
            var minor = random.NextInt64(0, Currencies.Largest) / (long)Math.Pow(10, random.Next(15));
            var currency = currencies[random.Next(currencies.Length)];
            var written = minor / (decimal)Math.Pow(10, Currencies.Decimals(currency)!.Value);
            Assert.That(Amount.FromDecimal(written, currency), Is.EqualTo(new Money(minor, currency)), $"{written} {currency}");
            if (currency == "BRL")
                Assert.That(Amount.Reais(Read(written.ToString(System.Globalization.CultureInfo.InvariantCulture)))?.Amount, Is.EqualTo(minor));
        }
    }

    [TestCase("1500", "JPY", 1500)]
    [TestCase("1500", "CLP", 1500)]
    [TestCase("1.234", "KWD", 1234)]
    [TestCase("10.5", "USD", 1050)]
    public void A_currency_has_its_own_decimals(string amount, string currency, long minor) =>
        Assert.That(Amount.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency), Is.EqualTo(new Money(minor, currency)));

    [TestCase("1.5", "JPY")]
    [TestCase("1.2345", "KWD")]
    [TestCase("1", "XXX")]
    [TestCase("1", "brl")]
    [TestCase("1", "")]
    public void An_unknown_currency_or_a_fraction_too_fine_is_refused(string amount, string currency) =>
        Assert.That(Amount.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency), Is.Null);

    private static JsonElement Read(string json) => JsonDocument.Parse(json).RootElement;
}
