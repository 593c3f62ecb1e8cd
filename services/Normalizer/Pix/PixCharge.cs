using Recado.Normalizer.Text;

namespace Recado.Normalizer.Pix;

/// <summary>The part of an event that holds a PIX.</summary>
internal static class PixCharge
{
    /// <summary>A PIX with its code checked; null where there is neither code nor page.</summary>
    public static Contracts.Pix? Of(string? code, string? url, DateTimeOffset? expiresAt = null)
    {
        var given = PlainText.WithoutControl(code, keepLineFeeds: false);
        if (string.IsNullOrWhiteSpace(given))
            given = null;
        return given is null && url is null && expiresAt is null
            ? null
            : new() { Code = given, Valid = given is null ? null : BrCode.IsValid(given), Url = url, ExpiresAt = expiresAt };
    }
}
