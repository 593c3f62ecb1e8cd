using System.Text;

namespace Recado.TemplateRenderer.Values;

/// <summary>Addresses that a message may send a customer to.</summary>
internal static class SafeUrl
{
    private const int MostCharacters = 2048;

    public static Value Read(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) return Value.Missing;
        return IsSafe(url) ? Value.Of(url) : Value.Invalid;
    }

    /// <summary>Absolute, https, without user name (<c>https://bank@evil</c>), and nothing in it that is not seen or that ends it early.</summary>
    public static bool IsSafe(string url) =>
        url.Length <= MostCharacters
        && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && IsVisible(url)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0
        // Uri drops an empty user name, browsers show it all the same.
        && !uri.OriginalString[8..].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal);

    private static bool IsVisible(string url) =>
        PlainText.Runes(url).Sum(rune => rune.Utf16SequenceLength) == url.Length
        && !PlainText.Runes(url).Any(rune =>
            Rune.IsWhiteSpace(rune) || PlainText.IsInvisible(rune) || rune.Value is '\\' or '<' or '>' or '"' or '`');
}
