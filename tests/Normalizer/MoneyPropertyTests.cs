using System.Globalization;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>An amount means the same in the notation of every source, to the last centavo.</summary>
public sealed class MoneyPropertyTests
{
    private const int Cases = 10_000;
    private const long Largest = 1_000_000_000_000_000;

    private sealed record Notation(string Name, string Source, string Currency, int Decimals, Func<string, string> Body)
    {
        /// <summary>True where the amount is a number of minor units.</summary>
        public bool IsMinor { get; init; }

        public override string ToString() => Name;
    }

    private static readonly Notation[] Notations =
    [
        new("a payment of Wiapy", Sources.Wiapy, "BRL", 2, amount => $$"""{"payment":{"id":"p","status":"paid","payment_method":"pix","amount":{{amount}} } }""") { IsMinor = true },
        new("a cart", Sources.AbandonedCart, "BRL", 2, amount => $$"""{"cart_token":"c","cart_amount":{{amount}}}""") { IsMinor = true },
        new("a sale", Sources.AbandonedCart, "BRL", 2, amount => $$"""{"transaction_token":"t","payment_status":"approved","transaction_amount":{{amount}}}""") { IsMinor = true },
        new("an event of a partner", Sources.Partner, "BRL", 2, amount => $$"""{"event":"cart.abandoned","phone":"5511999999999","customer":"Ana","store":"Loja","value":{{amount}}}"""),
        OfEvents("BRL", 2, "amount"), OfEvents("JPY", 0, "amount"), OfEvents("KWD", 3, "amount"),
        OfEvents("BRL", 2, "amountMinor") with { IsMinor = true }, OfEvents("JPY", 0, "amountMinor") with { IsMinor = true }, OfEvents("KWD", 3, "amountMinor") with { IsMinor = true },
    ];

    [TestCaseSource(nameof(Notations))]
    public void Every_amount_survives(object given)
    {
        var notation = (Notation)given;
        var random = new Random(20_260_701);
        for (var i = 0; i < Cases; i++)
        {
            var amount = Any(random);
            var written = notation.IsMinor ? amount.ToString(CultureInfo.InvariantCulture) : Written(amount, notation.Decimals, random);
            Assert.That(Read(notation, written).Messages.OfType<CommerceEvent>().SingleOrDefault()?.Value, Is.EqualTo(new Money(amount, notation.Currency)), written);
        }
    }

    [TestCaseSource(nameof(Notations))]
    public void What_is_finer_than_the_currency_is_put_aside_and_never_rounded(object given)
    {
        var notation = (Notation)given;
        var random = new Random(20_260_702);
        for (var i = 0; i < Cases; i++)
        {
            var finer = notation.IsMinor ? 1 : notation.Decimals + 1;
            var written = $"{Any(random) / 1000}.{string.Concat(Enumerable.Range(1, finer - 1).Select(_ => random.Next(10)))}{random.Next(1, 10)}";
            Assert.That(Read(notation, written).Quarantine?.Reason, Is.EqualTo(QuarantineReasons.InvalidValue), written);
        }
    }

    private static Notation OfEvents(string currency, int decimals, string field) => new($"{field} of an event in {currency}", Sources.Events, currency, decimals,
        amount => $$$"""{"id":"e","type":"cart.abandoned","customer":{"email":"ana@example.com"},"cart":{"id":"c","total":{"{{{field}}}":{{{amount}}},"currency":"{{{currency}}}"} } }""");

    private static Normalized Read(Notation notation, string amount) => Normalization.Normalize(Payload.Webhook(notation.Source, notation.Body(amount)));

    /// <summary>Of every length alike, from nothing to the largest.</summary>
    private static long Any(Random random) => random.NextInt64(Math.Min(Largest, (long)Math.Pow(10, random.Next(16))) + 1);

    /// <summary>199.90, 199.9, 199.9000, 1.999e2: all the same number.</summary>
    private static string Written(long minor, int decimals, Random random)
    {
        var digits = minor.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var (whole, fraction) = (digits[..^decimals], digits[^decimals..]);
        return random.Next(4) switch
        {
            0 => Joined(whole, fraction.TrimEnd('0')),
            1 => Joined(whole, fraction + new string('0', random.Next(4))),
            2 when whole[0] != '0' => $"{Joined(whole[..1], whole[1..] + fraction)}{(random.Next(2) == 0 ? "e" : "E+")}{whole.Length - 1}",
            _ => Joined(whole, fraction),
        };
    }

    private static string Joined(string whole, string fraction) => fraction.Length == 0 ? whole : $"{whole}.{fraction}";
}
