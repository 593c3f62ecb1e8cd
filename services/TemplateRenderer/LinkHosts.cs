using System.Text.RegularExpressions;
using Recado.Contracts;

namespace Recado.TemplateRenderer;

/// <summary>
/// The hosts to which a store's messages may link: <c>checkout.example.com</c>, or <c>*.example.com</c> for everything
/// below it, but not <c>example.com</c> itself. An empty list allows every public host except those with international
/// labels (<c>xn--…</c>), which can look like others; a list may name them.
/// </summary>
public sealed partial class LinkHosts(IReadOnlyList<string> patterns)
{
    /// <summary>Every public host.</summary>
    public static readonly LinkHosts Any = new([]);

    /// <summary>Problems of a list in the bundle, one sentence each; empty when it is sound.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<string?> patterns) =>
        [.. patterns.Where(pattern => pattern is null || !Pattern().IsMatch(pattern))
            .Select(pattern => $"linkHosts has '{pattern}', which is neither a host in lower case like shop.example.com nor one like *.example.com.")];

    /// <summary>Whether a safe link (<see cref="HttpsLink"/>) may be sent.</summary>
    public bool Allow(string link) =>
        HttpsLink.TryHost(link, out var host) && (patterns.Count == 0 ? !IsInternational(host) : patterns.Any(pattern => Covers(pattern, host)));

    private static bool IsInternational(string host) =>
        host.StartsWith("xn--", StringComparison.Ordinal) || host.Contains(".xn--", StringComparison.Ordinal);

    private static bool Covers(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(pattern[1..], StringComparison.Ordinal) : host == pattern;

    [GeneratedRegex(@"^(\*|[a-z0-9-]+)(\.[a-z0-9-]+)+\z")]
    private static partial Regex Pattern();
}
