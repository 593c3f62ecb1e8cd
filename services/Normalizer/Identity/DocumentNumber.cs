namespace Recado.Normalizer.Identity;

/// <summary>CPF and CNPJ as identities.</summary>
public static class DocumentNumber
{
    /// <summary>
    /// Digits only. Null where it is no document: another length than 11 (CPF) or 14 (CNPJ), one digit repeated,
    /// or any character that hides a digit (<c>***.456.789-**</c>).
    /// </summary>
    public static string? Clean(string? text)
    {
        if (text is null || text.Length > 32 || text.Any(character => !char.IsAsciiDigit(character) && !IsPunctuation(character)))
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length is 11 or 14 && digits.Any(digit => digit != digits[0]) ? digits : null;
    }

    private static bool IsPunctuation(char character) => char.IsWhiteSpace(character) || character is '.' or '-' or '/';
}
