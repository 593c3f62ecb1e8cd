namespace Recado.Platform.Credentials;

/// <summary>How requests of a credential are signed (Standard Webhooks 1.0.0, HMAC-SHA256).</summary>
/// <param name="Secrets">The keys, 24 to 64 bytes each. Each of them is good: two while they are being exchanged.</param>
/// <param name="Tolerance">How far the time in the request may be from ours, before or after.</param>
public sealed record Signing(IReadOnlyList<byte[]> Secrets, TimeSpan Tolerance)
{
    private const string Prefix = "whsec_";

    /// <summary>The key that a secret stands for: base64 of 24 to 64 bytes after <c>whsec_</c>; null where it is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= 24 and <= 64
            ? key[..length]
            : null;
    }
}
