namespace Recado.Normalizer.Text;

/// <summary>A link that somebody sent; it is kept, and never put before a customer.</summary>
public static class WebLink
{
    private const int Longest = 2048;

    /// <summary>The link as given, or null: absolute, http or https, at most 2,048 characters.</summary>
    public static string? Clean(string? text) =>
        PlainText.Token(text) is { Length: <= Longest } link && Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? link : null;
}
