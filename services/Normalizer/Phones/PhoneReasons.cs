namespace Recado.Normalizer.Phones;

/// <summary>Why a text is no telephone number: the values of <see cref="Contracts.Customer.PhoneProblem"/>.</summary>
public static class PhoneReasons
{
    public const string Empty = "empty";
    public const string Letters = "letters";
    public const string InvalidCharacter = "invalid_character";
    public const string TooShort = "too_short";
    public const string TooLong = "too_long";

    /// <summary>Eight or nine digits: a Brazilian subscriber without the area.</summary>
    public const string NoAreaCode = "no_area_code";

    /// <summary>The two digits are none of the 67 Brazilian area codes.</summary>
    public const string UnknownAreaCode = "unknown_area_code";

    /// <summary>The length fits Brazil, the first digit of the subscriber does not.</summary>
    public const string NotBrazilian = "not_brazilian";

    /// <summary>Too long for a national number, and without the sign that says a country comes first.</summary>
    public const string NoCountry = "no_country";

    /// <summary>After the plus sign come digits with which no country's numbers begin.</summary>
    public const string UnknownCountry = "unknown_country";

    /// <summary>The length fits the country, the digits do not.</summary>
    public const string NotOfCountry = "not_of_country";

    /// <summary>A WhatsApp group.</summary>
    public const string Group = "group";

    /// <summary>A WhatsApp channel.</summary>
    public const string Newsletter = "newsletter";

    /// <summary>A WhatsApp broadcast list or the status feed.</summary>
    public const string Broadcast = "broadcast";

    /// <summary>A person, but by WhatsApp's own identity, from which no number follows.</summary>
    public const string Lid = "lid";
}
