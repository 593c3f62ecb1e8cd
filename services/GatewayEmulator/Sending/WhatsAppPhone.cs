using System.Globalization;

namespace Recado.GatewayEmulator.Sending;

/// <summary>Whom the gateway can write to: digits with the country code, a group, or WhatsApp's own identity (LID).</summary>
public static class WhatsAppPhone
{
    /// <summary>8 to 15 digits, <c>…-group</c>, <c>…@g.us</c> or <c>…@lid</c>.</summary>
    public static bool IsValid(string phone) => IsNumber(phone) || IsGroup(phone) || IsLid(phone);

    public static bool IsGroup(string phone) => HasEnding(phone, "-group", allowHyphen: true) || HasEnding(phone, "@g.us", allowHyphen: true);

    public static bool IsLid(string phone) => HasEnding(phone, "@lid", allowHyphen: false);

    /// <summary>The same LID for the same phone, always; a LID stays itself.</summary>
    public static string LidOf(string phone)
    {
        if (IsLid(phone))
            return phone;
        var hash = 14695981039346656037UL;
        foreach (var letter in phone)
            hash = (hash ^ letter) * 1099511628211UL;
        return string.Create(CultureInfo.InvariantCulture, $"{100_000_000_000_000UL + hash % 900_000_000_000_000UL}@lid");
    }

    private static bool IsNumber(string phone) => phone.Length is >= 8 and <= 15 && phone.All(char.IsAsciiDigit);

    private static bool HasEnding(string phone, string ending, bool allowHyphen)
    {
        if (phone.Length > 64 || !phone.EndsWith(ending, StringComparison.Ordinal))
            return false;
        var start = phone.AsSpan(0, phone.Length - ending.Length);
        foreach (var letter in start)
        {
            if (!char.IsAsciiDigit(letter) && !(allowHyphen && letter == '-'))
                return false;
        }

        return start.Length >= 6;
    }
}
