using System.Globalization;
using System.Text;

namespace Recado.Normalizer.Phones;

/// <summary>What somebody wrote where a telephone number was asked for: its digits, or why it has none.</summary>
internal static class PhoneText
{
    private const int Longest = 64;
    private const int FullWidth = '０' - '0';

    /// <summary>The reason is null where there are digits; <paramref name="international"/> after a plus sign.</summary>
    public static string? TryRead(string? text, out string digits, out bool international)
    {
        (digits, international) = ("", false);
        if (string.IsNullOrWhiteSpace(text))
            return PhoneReasons.Empty;
        if (text.Length > Longest)
            return PhoneReasons.TooLong;
        if (NotAPerson(ref text) is { } chat)
            return chat;
        // The area code of a mask that nobody filled in; read as 00 it would be a country's.
        if (text.Contains("(00)", StringComparison.Ordinal))
            return PhoneReasons.UnknownAreaCode;
        var read = new StringBuilder(text.Length);
        // +44 (0)20 …: the zero is dialled at home only.
        foreach (var given in text.Replace("(0)", "", StringComparison.Ordinal))
        {
            var character = given is (>= '０' and <= '９') or '＋' ? (char)(given - FullWidth) : given;
            if (char.IsAsciiDigit(character))
                read.Append(character);
            else if (character == '+' && read.Length == 0 && !international)
                international = true;
            else if (!IsSeparator(character))
                return char.IsLetter(character) ? PhoneReasons.Letters : PhoneReasons.InvalidCharacter;
        }
        digits = read.ToString();
        return digits.Length == 0 ? PhoneReasons.Empty : null;
    }

    // What WhatsApp calls a phone may be any chat: 5511…@s.whatsapp.net is a person, the others are not.
    private static string? NotAPerson(ref string text)
    {
        if (text.EndsWith("-group", StringComparison.OrdinalIgnoreCase))
            return PhoneReasons.Group;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return null;
        var chat = text[(at + 1)..].Trim();
        text = text[..at];
        return chat switch
        {
            "s.whatsapp.net" or "c.us" => null,
            "g.us" => PhoneReasons.Group,
            "newsletter" => PhoneReasons.Newsletter,
            "broadcast" => PhoneReasons.Broadcast,
            "lid" => PhoneReasons.Lid,
            _ => PhoneReasons.InvalidCharacter,
        };
    }

    private static bool IsSeparator(char character) =>
        char.IsWhiteSpace(character) || character is '-' or '.' or '(' or ')' or '/' || char.IsControl(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
