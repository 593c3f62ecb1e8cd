using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>Strings inside well-formed structure that are no text: bad escapes, bare control characters, halves of surrogate pairs, bytes that are not UTF-8.</summary>
internal static class BrokenText
{
    /// <summary>Stands where the bytes will be.</summary>
    private const char Gap = '\uE0FF';

    private static readonly string[] Escapes =
    [
        """\x41""", """\u12""", """\u""", """\uZZZZ""", """\u 041""", """\u+041""", """\u{41}""", """\U00000041""", """\'""", """\a""", """\v""", """\0""", """\1""", """\e""", """\N""", """\_""", """\ """,
        """\{""", """\%41""", """\&amp;""", "\\\n", "\\\t", "\\é", "\\😀", "\\\u0000", """\\\""", """\u004""", """\u00g1""",
    ];

    private static readonly string[] Halves =
    [
        """\ud800""", """\udbff""", """\udc00""", """\udfff""", """\uD800\uD800""", """\udc00\ud800""", """\ud800\u0041""", """\u0041\udc00""", """\ud800x""", """\ud83d\ud83d\ude00""",
        """\ud83d\n\ude00""", """\ude00\ud83d""", """\uD83D😀""", """\\\ud800""",
    ];

    // Overlong forms, surrogates in UTF-8, beyond U+10FFFF, sequences that end early.
    private static readonly byte[][] Sequences =
    [
        [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF7, 0xBF, 0xBF, 0xBF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xF0, 0x9F, 0x98], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28],
        [0xF0, 0x28, 0x8C, 0xBC], [0xF0, 0x90, 0x28, 0xBC], [0xC3, 0x28], [0xA0, 0xA1], [0xFE, 0xFF], [0xFF, 0xFE], [0x80, 0x80, 0x80],
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var broken in Escapes.Concat(Halves))
        {
            yield return InValue(endpoint, Shown(broken), Encoding.UTF8.GetBytes(broken));
            yield return InName(endpoint, Shown(broken), Encoding.UTF8.GetBytes(broken));
        }
        for (var control = 0; control < 0x20; control++)
            yield return InValue(endpoint, $"a bare control character {control:X2}", [(byte)control]);
        for (var lone = 0x80; lone <= 0xFF; lone++)
            yield return InValue(endpoint, $"the byte {lone:X2}", [(byte)lone]);
        foreach (var sequence in Sequences)
        {
            yield return InValue(endpoint, $"the bytes {Convert.ToHexString(sequence)}", sequence);
            yield return InName(endpoint, $"the bytes {Convert.ToHexString(sequence)}", sequence);
        }
    }

    private static Case InValue(Endpoint endpoint, string what, byte[] bytes) =>
        Bad(endpoint, $"{what} in a text", json => JsonEdit.With(json, endpoint.TextFields[0], $"\"Canário {Gap} Silva\""), bytes);

    private static Case InName(Endpoint endpoint, string what, byte[] bytes) =>
        Bad(endpoint, $"{what} in the name of a field", json => JsonEdit.Beside(json, endpoint.WordField.Split('.')[0], $"a{Gap}z", "1"), bytes);

    private static Case Bad(Endpoint endpoint, string name, Func<string, string> place, byte[] bytes) =>
        new(nameof(BrokenText), name, Kind.Bad, person => endpoint.Post(Filled(place(endpoint.Valid(person)), bytes))) { Answer = (400, "malformed_json") };

    private static byte[] Filled(string json, byte[] bytes)
    {
        var at = json.IndexOf(Gap, StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(json[..at]), .. bytes, .. Encoding.UTF8.GetBytes(json[(at + 1)..])];
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
