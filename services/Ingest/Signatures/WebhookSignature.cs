using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recado.Platform.Credentials;

namespace Recado.Ingest.Signatures;

/// <summary>
/// The signature of a request by Standard Webhooks 1.0.0: HMAC-SHA256 over <c>id.timestamp.body</c>, symmetric (<c>v1</c>).
/// </summary>
/// <param name="Id">The id of the fact; the same however often it is told.</param>
/// <param name="Timestamp">When this attempt was made, in Unix seconds.</param>
/// <param name="Signatures">One or more, as <c>v1,BASE64</c>, with spaces between.</param>
public sealed record WebhookSignature(string Id, string Timestamp, string Signatures)
{
    /// <summary>Longest id, as of an <c>Idempotency-Key</c>.</summary>
    private const int LongestId = 255;

    /// <summary>More signatures than anybody needs for exchanging secrets.</summary>
    private const int MostSignatures = 20;

    /// <summary>What the headers say; null when one is missing or given twice.</summary>
    public static WebhookSignature? Of(HttpRequest request) =>
        (request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"]) is ([{ } id], [{ } timestamp], [{ } signatures])
            ? new(id, timestamp, signatures)
            : null;

    /// <summary>True when one of the signatures is made with one of the secrets over exactly this, and not long ago.</summary>
    public bool IsGood(Signing signing, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        IsPlain(Id) && IsTimely(signing.Tolerance, now) && IsSigned(signing.Secrets, body);

    /// <summary>A point in the id would let another split of the same signed bytes pass for a signature.</summary>
    private static bool IsPlain(string id) => id.Length is > 0 and <= LongestId && id.All(c => c is > ' ' and <= '~' and not '.');

    private bool IsTimely(TimeSpan tolerance, DateTimeOffset now) =>
        Timestamp.Length <= 11 && long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)tolerance.TotalSeconds;

    /// <summary>Every secret is tried with every signature, whatever the first ones give: the time says nothing.</summary>
    private bool IsSigned(IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> body)
    {
        var signatures = Signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (signatures.Length > MostSignatures)
            return false;
        var good = false;
        Span<byte> shown = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            var expected = Sign(secret, body);
            foreach (var signature in signatures)
                good |= signature.StartsWith("v1,", StringComparison.Ordinal)
                    && Convert.TryFromBase64String(signature[3..], shown, out var length) && length == shown.Length
                    && CryptographicOperations.FixedTimeEquals(shown, expected);
        }
        return good;
    }

    private byte[] Sign(byte[] secret, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes($"{Id}.{Timestamp}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
