using System.Text.Json;

namespace Recado.Tests.Corpus;

/// <summary>Phones that are none, chats that are no person, and the case's own phone in every way people write it.</summary>
internal static class Phones
{
    private static readonly string[] Never =
    [
        "", " ", "x", "-", "+", "()", "0", "1", "55", "+55", "5511", "190", "0800", "99999-9999", "9999-9999", "9 9999 9999", "5595", "000000000000", "00000000000", "+0000000000000", "5500999999999", "5510999999999",
        "5520999999999", "5523987654321", "5530987654321", "5539987654321", "5540987654321", "5550987654321", "5560987654321", "5570987654321", "5590987654321", "(00) 99999-9999", "(10) 99999-9999", "(11) 19999-9999",
        "+5511099999999", "551199999999999", "55119999999999999999", "+5511abcdefghi", "telefone", "onze nove", "null", "undefined", "nan", "true", "a@b.c", "tel:", "https://wa.me/", "javascript:alert(1)", "{{phone}}", "%s", "' or 1=1", "\0",
        "\n", "\u202E", "😀", "+", "++5511999999999", "+55+11", "12345678901234567890", "120363025246125486@g.us", "5511999999999-1234567890@g.us", "5511999999999-group", "120363025246125486@newsletter", "status@broadcast",
        "99999999999999@lid", "5511999999999@lid", "5511999999999@evil.example", "@", "@s.whatsapp.net", "5511999999999@", "x@s.whatsapp.net", "5511999999999,5511888888888", "5511999999999;5521999999999",
        "+5511999999999 ramal 12", "+5511999999999 x12", "+5511999999999#123", "*31#5511999999999", "5511999999999p1",
    ];

    // Around the case's own number, so that a message to the wrong end of it would be seen.
    private static readonly (string Name, Func<Person, string> Write)[] NeverOwn =
    [
        ("one digit more", person => person.Phone + "1"), ("one digit before", person => "1" + person.Phone), ("twice", person => person.Phone + person.Phone), ("two", person => $"{person.Phone}/{person.Phone}"),
        ("without area", person => person.NationalMobile), ("with a letter for its last digit", person => person.Phone[..^1] + "x"), ("in a group", person => person.Phone + "@g.us"), ("as a group", person => person.Phone + "-group"),
        ("as a channel", person => person.Phone + "@newsletter"), ("as a list", person => person.Phone + "@broadcast"), ("as a LID", person => person.Phone + "@lid"), ("elsewhere", person => person.Phone + "@mau.example"),
        ("with a letter", person => person.Phone[..6] + "O" + person.Phone[7..]), ("with words", person => "zap " + person.Phone), ("as a link", person => "https://wa.me/" + person.Phone), ("with an underscore", person => person.Phone.Insert(4, "_")),
        ("with a comma", person => person.Phone.Insert(4, ",")), ("in Arabic digits", person => string.Concat(person.Phone.Select(digit => (char)('٠' + digit - '0')))), ("in 300 digits", person => person.Phone + new string('0', 287)),
        ("after 60 spaces", person => new string(' ', 60) + person.Phone), ("in hexadecimal", person => "0x" + long.Parse(person.Phone, System.Globalization.CultureInfo.InvariantCulture).ToString("X", System.Globalization.CultureInfo.InvariantCulture)),
        ("with an exponent", person => person.Phone[..1] + "." + person.Phone[1..] + "e12"), ("negative at the end", person => person.Phone + "+"),
    ];

    private static readonly (string Name, Func<Person, string> Write)[] Masks =
    [
        ("with a plus", person => "+" + person.Phone), ("without country", person => "95" + person.NationalMobile), ("masked", person => $"(95) {person.NationalMobile[..5]}-{person.NationalMobile[5..]}"),
        ("masked with country", person => $"+55 (95) {person.NationalMobile[..5]}-{person.NationalMobile[5..]}"), ("with 00", person => "00" + person.Phone), ("with 0", person => "095" + person.NationalMobile),
        ("by a carrier", person => "01595" + person.NationalMobile), ("dotted", person => $"95.{person.NationalMobile[..5]}.{person.NationalMobile[5..]}"), ("spaced out", person => string.Join(' ', person.Phone.ToCharArray())),
        ("in full-width digits", person => string.Concat(person.Phone.Select(digit => (char)('０' + digit - '0')))), ("with invisible characters", person => $"\u202A+{person.Phone.Insert(5, "\u200B")}\u202C"), ("as WhatsApp says it", person => person.Phone + "@s.whatsapp.net"),
        ("with a dash of another kind", person => person.Phone.Insert(9, "–")), ("between spaces", person => $" {person.Phone} "), ("with a line feed", person => person.Phone + "\n"),
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint) =>
    [
        .. Never.Select(phone => Make(endpoint, JsonSerializer.Serialize(phone), Kind.Bad, _ => phone)),
        .. NeverOwn.Select(own => Make(endpoint, "its own, " + own.Name, Kind.Bad, own.Write)),
        .. Masks.Select(mask => Make(endpoint, "its own, " + mask.Name, endpoint.TakesMaskedPhones && endpoint.Sends ? Kind.Odd : Kind.Bad, mask.Write)),
    ];

    private static Case Make(Endpoint endpoint, string name, Kind kind, Func<Person, string> write) =>
        new(nameof(Phones), name, kind, person => endpoint.Post(JsonEdit.With(endpoint.Valid(person), endpoint.PhoneField, JsonSerializer.Serialize(write(person)))));
}
