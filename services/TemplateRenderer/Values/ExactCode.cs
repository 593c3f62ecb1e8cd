namespace Recado.TemplateRenderer.Values;

/// <summary>Things a customer copies or reads out: PIX codes, digit lines, order numbers. Right or not sent, never mended.</summary>
internal static class ExactCode
{
    /// <summary>The longest BR Code.</summary>
    private const int MostCharacters = 512;

    public static Value Read(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return Value.Missing;
        return code.Length <= MostCharacters && PlainText.IsVisible(code) ? Value.Of(code) : Value.Invalid;
    }
}
