namespace Recado.TemplateRenderer.Values;

/// <summary>Things a customer copies or reads out. Right or not sent, never mended.</summary>
internal static class ExactCode
{
    /// <summary>The longest BR Code.</summary>
    private const int MostCharacters = 512;

    /// <summary>A code that is checked elsewhere, byte for byte: a BR Code may hold <c>***</c>.</summary>
    public static Value Read(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return Value.Missing;
        return code.Length <= MostCharacters && PlainText.IsVisible(code) ? Value.Of(code) : Value.Invalid;
    }

    /// <summary>
    /// An order number, a tracking code, an e-mail address: also without WhatsApp markup. Between two letters or digits
    /// (<c>PED_1001</c>) the same characters mark nothing and stay.
    /// </summary>
    public static Value ReadPlain(string? code) => code is not null && HasMarkup(code) ? Value.Invalid : Read(code);

    private static bool HasMarkup(string code)
    {
        for (var i = 0; i < code.Length; i++)
            if (code[i] == '`' || (code[i] is '*' or '_' or '~' && !(IsInside(code, i - 1) && IsInside(code, i + 1))))
                return true;
        return false;
    }

    private static bool IsInside(string code, int at) => at >= 0 && at < code.Length && char.IsLetterOrDigit(code[at]);
}
