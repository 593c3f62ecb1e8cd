using System.Diagnostics.CodeAnalysis;
using Recado.Contracts;

namespace Recado.Normalizer.Phones;

/// <summary>A telephone number. How many digits there are decides what they mean, never how they begin.</summary>
public sealed record PhoneNumber
{
    private const string Brazil = "55";

    private PhoneNumber(string digits) => E164 = $"+{digits}";

    /// <summary>With the plus sign, for example <c>+5511987654321</c>. A mobile keeps or lacks its ninth digit as it was given.</summary>
    public string E164 { get; }

    /// <summary>ISO 3166-1 alpha-2 of the country whose number it is; null for satellites and the like, which belong to none.</summary>
    public string? Country => CallingCodes.CountryOf(E164[1..]);

    /// <summary>
    /// The other form of a number that WhatsApp knows by only one of two, and nobody can tell which: a Brazilian mobile with
    /// and without its ninth digit, an Argentine number with and without the 9 of mobiles, a Mexican one with and without
    /// the 1 of before 2019. Null for every other number.
    /// </summary>
    public string? Alias => E164[1..3] switch
    {
        Brazil when E164.Length == 14 => Without(5),
        Brazil when E164[5] is >= '6' and <= '9' => With('9', 5),
        "54" => E164.Length == 14 ? Without(3) : With('9', 3),
        "52" => E164.Length == 14 ? Without(3) : With('1', 3),
        _ => null,
    };

    /// <summary>The number in E.164, or null where the text is no telephone number.</summary>
    public static string? Clean(string? text) => TryParse(text, out var number, out _) ? number.E164 : null;

    /// <summary>
    /// Reads national Brazilian numbers (10 or 11 digits, or 0 and a carrier before them) and international ones
    /// (55 and 10 or 11 digits; a plus sign or 00 before any country). The reason is one of <see cref="PhoneReasons"/>.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        reason = PhoneText.TryRead(text, out var digits, out var international) ?? Resolve(digits, international, out number);
        return number is not null;
    }

    private static string? Resolve(string digits, bool international, out PhoneNumber? number)
    {
        number = null;
        if (!international && digits.StartsWith("00", StringComparison.Ordinal))
            (digits, international) = (digits[2..], true);
        if (international)
            return International(digits, out number);
        if (digits[0] == '0')
            return FromTrunk(digits, out number);
        return digits.Length switch
        {
            10 or 11 => National(digits, out number),
            12 or 13 when digits.StartsWith(Brazil, StringComparison.Ordinal) && digits[2] != '0' => National(digits[2..], out number),
            // No area code begins with 0: it is the one that is dialled before the area.
            >= 13 and <= 16 when digits.StartsWith("550", StringComparison.Ordinal) => FromTrunk(digits[2..], out number),
            12 or 13 => PhoneReasons.NoCountry,
            _ => LengthReason(digits),
        };
    }

    private static string? International(string digits, out PhoneNumber? number)
    {
        number = null;
        if (digits.StartsWith(Brazil, StringComparison.Ordinal))
            return digits.Length > 2 && digits[2] == '0' ? FromTrunk(digits[2..], out number) : National(digits[2..], out number);
        if (digits.Length is < 7 or > 17)
            return LengthReason(digits);
        if (digits[0] == '0')
            return PhoneReasons.NoCountry;
        if (CallingCodes.Of(digits) is not { } code)
            return PhoneReasons.UnknownCountry;
        return Abroad(code, WithoutMobilePrefix(code, digits[code.Digits.Length..]), out number);
    }

    private static string? Abroad(CallingCode code, string national, out PhoneNumber? number)
    {
        number = null;
        if (national.Length < code.Shortest)
            return PhoneReasons.TooShort;
        if (national.Length > code.Longest)
            return PhoneReasons.TooLong;
        var fits = code.Digits switch
        {
            "1" => NorthAmerica.IsNumber(national),
            "52" => national.Length == 10 || national[0] == '1',
            "54" => national.Length == 10 || national[0] == '9',
            _ => true,
        };
        if (!fits)
            return PhoneReasons.NotOfCountry;
        number = new(code.Digits + national);
        return null;
    }

    // Argentines write 11 15 2345-6789 for the mobile that is dialled +54 9 11 2345-6789; the area has two to four digits.
    private static string WithoutMobilePrefix(CallingCode code, string national)
    {
        if (code.Digits != "54" || national.Length != 12)
            return national;
        var area = national.StartsWith("1115", StringComparison.Ordinal) ? 2 : national[3..5] == "15" ? 3 : national[4..6] == "15" ? 4 : 0;
        return area == 0 ? national : $"9{national[..area]}{national[(area + 2)..]}";
    }

    /// <summary>As dialled inside Brazil: 0 and the number, or 0, a carrier's two digits and the number.</summary>
    private static string? FromTrunk(string digits, out PhoneNumber? number)
    {
        number = null;
        return digits.Length switch
        {
            11 or 12 => National(digits[1..], out number),
            13 or 14 => National(digits[3..], out number),
            _ => LengthReason(digits),
        };
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
        number = new(Brazil + digits);
        return null;
    }

    private static string LengthReason(string digits) => digits.Length switch
    {
        8 or 9 => PhoneReasons.NoAreaCode,
        < 10 => PhoneReasons.TooShort,
        _ => PhoneReasons.TooLong,
    };

    private string Without(int at) => E164.Remove(at, 1);

    private string With(char digit, int at) => E164.Insert(at, digit.ToString());
}
