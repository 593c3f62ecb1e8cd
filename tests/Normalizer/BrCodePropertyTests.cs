using System.Text;
using Recado.Contracts;
using Recado.Normalizer.Pix;

namespace Recado.Tests.Normalizer;

public sealed class BrCodePropertyTests
{
    private const int Codes = 10_000;
    private const int Mutated = 100;

    // Every printable ASCII character, and some that pastes bring along.
    private static readonly string Alphabet = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)) + "\n\t\u00A0\u200Béç１";

    [Test]
    public void Ten_thousand_valid_codes_are_read_back_field_by_field()
    {
        var random = new Random(20_260_701);
        for (var i = 0; i < Codes; i++)
        {
            var made = PixMaker.Random(random);
            var isValid = BrCode.TryParse(made.Code, out var code, out var problem);

            Assert.That((isValid, problem), Is.EqualTo((true, (string?)null)), made.Code);
            Assert.That((code!.Key, code.Url, code.Amount, code.MerchantName, code.City, code.TxId),
                Is.EqualTo((made.Key, made.Url, made.Amount, made.Name, made.City, made.TxId)), made.Code);
        }
    }

    [Test]
    public void Every_mutation_of_one_character_of_a_hundred_codes_is_rejected()
    {
        var random = new Random(20_260_702);
        var mutations = 0;
        for (var i = 0; i < Mutated; i++)
        {
            var code = PixMaker.Random(random).Code;
            for (var at = 0; at < code.Length; at++)
                foreach (var character in Alphabet)
                {
                    if (character == code[at])
                        continue;
                    var mutation = code[..at] + character + code[(at + 1)..];
                    if (BrCode.TryParse(mutation, out _, out var problem) || problem is not (CodeProblems.Malformed or CodeProblems.Checksum))
                        Assert.Fail($"{code} at {at} became {mutation}: {problem}");
                    mutations++;
                }
        }
        Assert.That(mutations, Is.GreaterThan(1_000_000));
    }

    [Test]
    public void Whatever_the_text_reading_it_never_throws()
    {
        var random = new Random(20_260_703);
        for (var i = 0; i < Codes; i++)
        {
            var code = PixMaker.Random(random).Code.ToCharArray();
            for (var n = random.Next(1, 8); n > 0; n--)
                code[random.Next(code.Length)] = (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000);
            Assert.That(BrCode.TryParse(PixMaker.WithChecksum(new string(code)[..^8]), out var parsed, out var problem), Is.EqualTo(problem is null && parsed is not null));
        }
    }
}

/// <summary>Makes valid codes of every shape the manual allows.</summary>
internal static class PixMaker
{
    public sealed record Made(string Code, string? Key, string? Url, Money? Amount, string Name, string City, string? TxId);

    // Seeded like everything here: of mutations to characters of several bytes one in 65,536 has the checksum of its code.
    private static Guid Of(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public static Made Random(Random random)
    {
        var isDynamic = random.Next(3) == 0;
        var key = isDynamic ? null : random.Next(4) switch
        {
            0 => Of(random).ToString(),
            1 => $"+55119{random.Next(10_000_000, 99_999_999)}",
            2 => $"loja{random.Next()}@example.com",
            _ => $"{random.NextInt64(10_000_000_000, 99_999_999_999)}",
        };
        var url = isDynamic ? $"pix.example.com/qr/v2/{random.NextInt64():x}" : null;
        var centavos = random.Next(3) == 0 ? 0 : random.NextInt64(1, 1_000_000_00);
        var name = random.Next(4) == 0 ? "AÇAÍ DA PRAÇA" : $"LOJA {random.Next(100_000)}";
        var txId = random.Next(4) == 0 ? "***" : $"TX{random.Next():X}";
        var account = Tag(0, random.Next(2) == 0 ? "br.gov.bcb.pix" : "BR.GOV.BCB.PIX") + (isDynamic ? Tag(25, url!) : Tag(1, key!) + (random.Next(3) == 0 ? Tag(2, "Pedido 1") : ""));
        var amount = centavos == 0 ? random.Next(2) == 0 ? "" : Tag(54, "0.00") : Tag(54, Written(centavos, random));
        var body = Tag(0, "01") + (random.Next(2) == 0 ? Tag(1, isDynamic ? "12" : "11") : "") + Tag(random.Next(26, 52), account) + Tag(52, "0000") + Tag(53, "986")
            + amount + Tag(58, "BR") + Tag(59, name) + Tag(60, "SAO PAULO") + (random.Next(3) == 0 ? Tag(61, "01310100") : "") + Tag(62, Tag(5, txId));
        return new(WithChecksum(body), key, url, centavos == 0 ? null : new(centavos, "BRL"), name, "SAO PAULO", txId == "***" ? null : txId);
    }

    public static string WithChecksum(string code) => $"{code}6304{Crc16.Of(Encoding.UTF8.GetBytes(code + "6304")):X4}";

    public static string Tag(int tag, string value) => $"{tag:00}{value.Length:00}{value}";

    private static string Written(long centavos, Random random) =>
        centavos % 100 == 0 && random.Next(2) == 0 ? $"{centavos / 100}"
        : centavos % 10 == 0 && random.Next(2) == 0 ? $"{centavos / 100}.{centavos / 10 % 10}"
        : $"{centavos / 100}.{centavos % 100:00}";
}
