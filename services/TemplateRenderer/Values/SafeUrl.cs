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
        && PlainText.IsVisible(url)
        && !url.Any(c => char.IsWhiteSpace(c) || c is '\\' or '<' or '>' or '"' or '`')
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        // Not Uri.UserInfo, which is empty for https://@evil.
        && !url["https://".Length..].Split('/', '?', '#')[0].Contains('@', StringComparison.Ordinal);
}
