using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Recado.Contracts;

namespace Recado.Normalizer.Phones;

/// <summary>A telephone number. How many digits there are decides what they mean, never how they begin.</summary>
public sealed record PhoneNumber
{
    private const string Brazil = "55";
    private const int Longest = 64;
    private const int FullWidth = '０' - '0';

    private PhoneNumber(string e164) => E164 = e164;

    /// <summary>With the plus sign, for example <c>+5511987654321</c>. A mobile keeps or lacks its ninth digit as it was given.</summary>
    public string E164 { get; }

    /// <summary>
    /// The other form of a Brazilian mobile: without the ninth digit where <see cref="E164"/> has it, with it where not.
    /// WhatsApp knows a number by only one of them, and nobody can tell which. Null for every other number.
    /// </summary>
    public string? Alias => !IsBrazilianMobile ? null
        : E164.Length == 14 ? $"{E164[..5]}{E164[6..]}"
        : $"{E164[..5]}9{E164[5..]}";

    private bool IsBrazilianMobile =>
        E164.StartsWith("+55", StringComparison.Ordinal) && (E164.Length == 14 || E164[5] is >= '6' and <= '9');

    /// <summary>The number in E.164, or null where the text is no telephone number.</summary>
    public static string? Clean(string? text) => TryParse(text, out var number, out _) ? number.E164 : null;

    /// <summary>
    /// Reads national Brazilian numbers (10 or 11 digits, or 0 and a carrier before them) and international ones
    /// (55 and 10 or 11 digits; a plus sign or 00 before any country). The reason is one of <see cref="PhoneReasons"/>.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        reason = TryReadDigits(text, out var digits, out var international) ?? Resolve(digits, international, out number);
        return number is not null;
    }

    private static string? TryReadDigits(string? text, out string digits, out bool international)
    {
        (digits, international) = ("", false);
        if (string.IsNullOrWhiteSpace(text))
            return PhoneReasons.Empty;
        if (text.Length > Longest)
            return PhoneReasons.TooLong;
        if (NotAPerson(ref text) is { } chat)
            return chat;
        var read = new StringBuilder(text.Length);
        foreach (var given in text)
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

    private static string? Resolve(string digits, bool international, out PhoneNumber? number)
    {
        number = null;
        if (!international && digits.StartsWith("00", StringComparison.Ordinal))
            (digits, international) = (digits[2..], true);
        if (international)
            return Abroad(digits, out number);
        if (digits[0] == '0')
            return digits.Length is 11 or 12 ? National(digits[1..], out number)
                : digits.Length is 13 or 14 ? National(digits[3..], out number)
                : LengthReason(digits);
        return digits.Length switch
        {
            10 or 11 => National(digits, out number),
            12 or 13 when digits.StartsWith(Brazil, StringComparison.Ordinal) => National(digits[2..], out number),
            12 or 13 => PhoneReasons.NoCountry,
            _ => LengthReason(digits),
        };
    }

    private static string? Abroad(string digits, out PhoneNumber? number)
    {
        number = null;
        if (digits.StartsWith(Brazil, StringComparison.Ordinal))
            return digits.Length > 2 && digits[2] == '0' ? National(digits[3..], out number) : National(digits[2..], out number);
        if (digits.Length is < 8 or > 15)
            return LengthReason(digits);
        if (digits[0] == '0')
            return PhoneReasons.NoCountry;
        number = new($"+{digits}");
        return null;
    }

    /// <summary>Area code and subscriber, without country: 11 digits are a mobile, 10 a landline or a mobile of before the ninth digit.</summary>
    private static string? National(string digits, out PhoneNumber? number)
    {
        number = null;
        if (digits.Length is not (10 or 11))
            return LengthReason(digits);
        if (!AreaCodes.Contains(digits.AsSpan(0, 2)))
            return PhoneReasons.UnknownAreaCode;
        if (digits.Length == 11 ? digits[2] != '9' : digits[2] < '2')
            return PhoneReasons.NotBrazilian;
        number = new($"+55{digits}");
        return null;
    }

    private static string LengthReason(string digits) => digits.Length switch
    {
        8 or 9 => PhoneReasons.NoAreaCode,
        < 10 => PhoneReasons.TooShort,
        _ => PhoneReasons.TooLong,
    };
}
