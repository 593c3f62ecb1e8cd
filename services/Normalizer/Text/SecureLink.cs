using Recado.Contracts;

namespace Recado.Normalizer.Text;

/// <summary>A link that may be put before a customer.</summary>
public static class SecureLink
{
    /// <summary>The link as given, without outer white space, or null where it is no <see cref="HttpsLink"/>.</summary>
    public static string? Clean(string? text) => PlainText.Token(text) is { } link && HttpsLink.IsSafe(link) ? link : null;

    /// <summary>Whether the link leads to one thing: a shop's front page is the same for everybody and identifies nobody.</summary>
    public static bool IsSpecific(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.PathAndQuery is not ("/" or "");
}
