using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>PIX codes that cannot be paid; the event around them is good, the code must not be sent.</summary>
internal static class Codes
{
    private static readonly (string Name, Func<string, string> Spoil)[] Ways =
    [
        ("another checksum", code => code[..^4] + "0000"), ("the last digit changed", code => code[..^1] + (code[^1] == '0' ? '1' : '0')), ("the checksum in small letters and wrong", code => code[..^4] + "abcd"),
        ("without its end", code => code[..^1]), ("without its checksum", code => code[..^4]), ("without its beginning", code => code[1..]), ("one character more", code => code + "0"), ("twice", code => code + code),
        ("another amount", code => code.Replace("199.90", "000.01", StringComparison.Ordinal).Replace("47.00", "00.01", StringComparison.Ordinal)), ("another key", code => code.Replace("123e4567", "023e4567", StringComparison.Ordinal)),
        ("another shop", code => code.Replace("LOJA", "MAUS", StringComparison.Ordinal)), ("two characters exchanged", code => code[..20] + code[21] + code[20] + code[22..]), ("a space in it", code => code.Insert(30, " ")),
        ("a line break in it", code => code.Insert(30, "\n")), ("an invisible character in it", code => code.Insert(30, "\u200B")), ("markup in it", code => code.Insert(30, "*")), ("a NUL in it", code => code.Insert(30, "\0")),
        ("a placeholder", _ => "{{pix.code}}"), ("a link", _ => "https://mau.example/pix"), ("513 characters", code => code.PadRight(513, '0')), ("64 KiB", code => code.PadRight(65_536, '0')), ("zeros", _ => new string('0', 120)),
        ("the document's own example", _ => "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5925DEMO ARARA HQ LTDA6009SAO PAULO62070503***63041234"),
        ("words", _ => "pague na loja"), ("a negative length", code => code.Replace("5802BR", "58-2BR", StringComparison.Ordinal)), ("a length beyond the end", code => code.Replace("5802BR", "5899BR", StringComparison.Ordinal)),
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        if (endpoint.PixField is { } field)
            foreach (var (name, spoil) in Ways)
                yield return new(nameof(Codes), name, Kind.Odd, person => endpoint.Post(JsonEdit.With(endpoint.Valid(person), field, JsonSerializer.Serialize(spoil(CodeOf(endpoint, person))))))
                {
                    Value = spoil(CodeOf(endpoint, Person.Nobody))[..10],
                    // Control characters are taken away when it is read, and then the code is right again.
                    IsHeldBack = !spoil(CodeOf(endpoint, Person.Nobody)).Any(char.IsControl),
                };
    }

    private static string CodeOf(Endpoint endpoint, Person person) => (string)JsonEdit.At(endpoint.Valid(person), endpoint.PixField!)!;
}
