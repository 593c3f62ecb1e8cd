using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recado.Contracts;

/// <summary>Which links may be put before a customer at all: Normalizer drops the others, TemplateRenderer sends none. Nothing is resolved or fetched.</summary>
public static partial class HttpsLink
{
    /// <summary>In characters.</summary>
    public const int Longest = 2048;

    private const string Scheme = "https://";
    private const string Misleading = "\\<>\"`{}^";

    // Names that lead into a private network or nowhere (RFC 6761, RFC 6762, and what home routers use).
    private static readonly string[] Private =
        ["local", "localhost", "localdomain", "internal", "intranet", "private", "lan", "home", "corp", "arpa", "onion", "invalid", "test"];

    /// <summary>
    /// Absolute and https, without user name (<c>https://bank@evil</c>), backslashes, white space and what is not seen, to a
    /// public host with a name: no address in numbers, in whatever notation, no single label, no dot at the end.
    /// </summary>
    public static bool IsSafe(string link) => TryHost(link, out _);

    /// <summary>The host of a safe link in lower case, without the port; false for every other text.</summary>
    public static bool TryHost(string link, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (link.Length > Longest || !link.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !IsVisible(link))
            return false;
        // By hand: System.Uri turns ①②⑦.0.0.1 and 0x7f.1 into addresses, and has no user name in https://@evil.
        var authority = link[Scheme.Length..].Split('/', '?', '#')[0];
        var match = NameAndPort().Match(authority);
        if (!match.Success || (match.Groups["port"] is { Success: true, Value: var port } && !(int.Parse(port, CultureInfo.InvariantCulture) is >= 1 and <= 65535)))
            return false;
        host = match.Groups["name"].Value.ToLowerInvariant();
        return host.Length <= 253 && !Private.Contains(host[(host.LastIndexOf('.') + 1)..])
            && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
    }

    private static bool IsVisible(string link)
    {
        foreach (var rune in link.EnumerateRunes())
            if (rune.Value < 0x80 ? rune.Value is <= ' ' or 0x7F || Misleading.Contains((char)rune.Value, StringComparison.Ordinal) : Rune.IsWhiteSpace(rune) || UnseenCharacters.Contains(rune))
                return false;
        return true;
    }

    // The last label is letters, or an international one: the numbers of an address end in digits or 0x.
    [GeneratedRegex(@"^(?<name>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9]))(?::(?<port>[0-9]{1,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndPort();
}
