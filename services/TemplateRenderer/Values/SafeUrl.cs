using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>Addresses that a message may send a customer to.</summary>
internal static class SafeUrl
{
    public static Value Read(string? url, LinkHosts hosts)
    {
        if (string.IsNullOrWhiteSpace(url)) return Value.Missing;
        if (!HttpsLink.IsSafe(url)) return Value.Invalid;
        return hosts.Allow(url) ? Value.Of(url) : Value.Refused(Reasons.LinkNotAllowed);
    }

    /// <summary>Likewise, for a link that has an end.</summary>
    public static Value Read(string? url, LinkHosts hosts, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var value = Read(url, hosts);
        if (value.Text is null) return value;
        return expiresAt <= now ? Value.Refused(Reasons.LinkExpired) : value with { Until = expiresAt };
    }
}
