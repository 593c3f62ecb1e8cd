using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recado.Ingest.Signatures;

namespace Recado.Tests.Ingest;

/// <summary>Signs as a sender does, by the specification alone.</summary>
internal static class SignedBy
{
    /// <summary>The three headers.</summary>
    public static (string Name, string Value)[] Headers(byte[] secret, string id, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", new WebhookSignature(id, timestamp, "").SignWith(secret, body))];
    }

    /// <summary>The signature of a body under the id and time of a message.</summary>
    public static string SignWith(this WebhookSignature message, byte[] secret, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{body}")));
}
