using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>What was made clean once is clean: sent again as it came out, it comes out the same.</summary>
public sealed class NormalizedAgainTests
{
    private const int Cases = 2_500;

    private static readonly string[] Pieces =
    [
        "Ana", "JOÃO", "da", " ", "  ", "\t", "\n", "\0", "\u202E", "\u200B", "\u200D", "👩", "👋🏽", "e\u0301", "\u0335", "\u0335\u0335\u0335\u0335\u0335", "\u3164", "\uFEFF", "\uFFFE", "ﬁ", "İ", "{{1}}", "*", "_", "`", "@", "a@b.co", "+55", "11", "98765",
        "4321", "(", ")", "-", "００", "x", "\u00A0", "\u2028", "A\u030A", "한", "\u1100\u1161", "ß", "שלום", new('y', 70), "a\u0301\u0302\u0303\u0304\u0305",
    ];

    /// <summary>Where each source has name, phone and e-mail.</summary>
    private static readonly (string Source, string Payload, string Name, string Phone, string Email)[] Places =
    [
        (Sources.Wiapy, "unpaid-pix", "customer.name", "customer.mobile_phone", "customer.email"), (Sources.AbandonedCart, "cart", "customer.name", "customer.phone", "customer.email"),
        (Sources.AbandonedCart, "sale-approved", "customer.full_name", "customer.cellphone", "customer.email"), (Sources.Partner, "cart-abandoned", "customer", "phone", "email"),
        (Sources.Events, "cart-abandoned", "customer.name", "customer.phone", "customer.email"),
    ];

    [TestCaseSource(nameof(Places))]
    public void A_customer_who_was_normalised_stays_the_same((string Source, string Payload, string Name, string Phone, string Email) place)
    {
        var random = new Random(20_260_706);
        var (named, reached) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            if (Read(place, Text(random), Phone(random), Text(random)) is not { } once)
                continue;
            var again = Read(place, once.Name, once.Phone, once.Email);
            if (once.Phone is null && place.Source == Sources.Partner)
                continue; // a partner's event without phone is put aside
            Assert.That((again?.Name, again?.Phone, again?.Email), Is.EqualTo((once.Name, once.Phone, once.Email)), JsonSerializer.Serialize(once));
            (named, reached) = (named + (once.Name is null ? 0 : 1), reached + (once.Phone is null ? 0 : 1));
        }
        Assert.That(Math.Min(named, reached), Is.GreaterThan(Cases / 10), "the property must not hold for want of values");
    }

    private static Customer? Read((string Source, string Payload, string Name, string Phone, string Email) place, string? name, string? phone, string? email)
    {
        var root = JsonNode.Parse(Payload.Body(place.Source, place.Payload))!;
        foreach (var (path, value) in ((string, string?)[])[(place.Name, name), (place.Phone, phone), (place.Email, email)])
        {
            var steps = path.Split('.');
            var parent = steps.Length == 1 ? root : root[steps[0]]!;
            parent[steps[^1]] = value;
        }
        return Normalization.Normalize(Payload.Webhook(place.Source, root.ToJsonString())).Messages.OfType<CommerceEvent>().SingleOrDefault()?.Customer;
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Phone(Random random) => random.Next(4) switch
    {
        0 => Text(random),
        1 => $"+351 91{random.Next(1_000_000, 9_999_999)}",
        2 => $"({random.Next(11, 20)}) 9{random.Next(1000, 9999)}-{random.Next(1000, 9999)}",
        _ => $"55{random.Next(11, 20)}{random.Next(2, 10)}{random.Next(1_000_000, 9_999_999)}",
    };
}
