using Recado.Normalizer.Phones;

namespace Recado.Normalizer.EzApi;

/// <summary>What the gateway calls a phone: digits with the country first, or WhatsApp's own identity.</summary>
internal static class WhatsAppId
{
    /// <summary>E.164, or null. The gateway always puts the country first and leaves out the plus sign.</summary>
    public static string? Phone(string? text) =>
        string.IsNullOrEmpty(text) ? null : PhoneNumber.Clean(text.StartsWith('+') ? text : $"+{text}");

    /// <summary><c>…@lid</c>, or null.</summary>
    public static string? Lid(string? text) =>
        text is { Length: > 4 and <= 64 } && text.EndsWith("@lid", StringComparison.Ordinal) ? text : null;

    /// <summary>Either of them, or null.</summary>
    public static string? Person(string? text) => Phone(text) ?? Lid(text);
}
