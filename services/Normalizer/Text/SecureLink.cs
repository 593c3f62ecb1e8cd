using System.Buffers;

namespace Recado.Normalizer.Text;

/// <summary>A link that may be put before a customer.</summary>
public static class SecureLink
{
    private const int Longest = 2048;
    private static readonly SearchValues<char> Misleading = SearchValues.Create("\\<>\"`{}|^");

    /// <summary>
    /// The link as given, or null: it must be absolute and https, without user information (<c>https://bank@evil</c>),
    /// white space, invisible characters or backslashes, at most 2,048 characters.
    /// </summary>
    public static string? Clean(string? text)
    {
        var link = PlainText.Token(text);
        if (link is null || link.Length > Longest || link.AsSpan().ContainsAny(Misleading) || link != PlainText.Line(link, Longest) || link.Contains(' ', StringComparison.Ordinal))
            return null;
        return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Host.Length > 0
            ? link
            : null;
    }

    /// <summary>Whether the link leads to one thing: a shop's front page is the same for everybody and identifies nobody.</summary>
    public static bool IsSpecific(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.PathAndQuery is not ("/" or "");
}
