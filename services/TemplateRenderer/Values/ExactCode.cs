namespace Recado.TemplateRenderer.Values;

/// <summary>Things a customer copies or reads out: PIX codes, digit lines, order numbers. Right or not sent, never mended.</summary>
internal static class ExactCode
{
    /// <summary>The longest BR Code.</summary>
    private const int MostCharacters = 512;

    public static Value Read(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return Value.Missing;
        return code.Length <= MostCharacters && IsOneVisibleLine(code) ? Value.Of(code) : Value.Invalid;
    }

    private static bool IsOneVisibleLine(string code) =>
        PlainText.Runes(code).Sum(rune => rune.Utf16SequenceLength) == code.Length
        && !PlainText.Runes(code).Any(PlainText.IsInvisible);
}
