using Recado.Normalizer.Text;

namespace Recado.Normalizer.Identity;

/// <summary>E-mail addresses as identities.</summary>
public static class EmailAddress
{
    private const int Longest = 254;

    /// <summary>Trimmed and in lower case; null where it has not the shape of an address.</summary>
    public static string? Clean(string? text)
    {
        var address = PlainText.Token(text)?.ToLowerInvariant();
        if (address is null || address.Length > Longest || address.Any(char.IsWhiteSpace))
            return null;
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 ? address : null;
    }
}
