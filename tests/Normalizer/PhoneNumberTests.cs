using Recado.Normalizer.Phones;

namespace Recado.Tests.Normalizer;

public sealed class PhoneNumberTests
{
    [TestCase("11987654321", "+5511987654321")]
    [TestCase("(11) 98765-4321", "+5511987654321")]
    [TestCase("(84) 9 9911-2233", "+5584999112233")]
    [TestCase("+55 11 98765-4321", "+5511987654321")]
    [TestCase("5511987654321", "+5511987654321")]
    [TestCase("55 11 98765.4321", "+5511987654321")]
    [TestCase("011 98765-4321", "+5511987654321")]
    [TestCase("0 15 11 98765-4321", "+5511987654321")]
    [TestCase("0055 11 98765-4321", "+5511987654321")]
    [TestCase("+55 (011) 98765-4321", "+5511987654321")]
    [TestCase("\u202A+55 11 98765\u20114321\u202C", "+5511987654321")]
    [TestCase("５５１１９８７６５４３２１", "+5511987654321")]
    [TestCase("＋55 11 98765-4321", "+5511987654321")]
    [TestCase("11\u00A098765\u20134321", "+5511987654321")]
    [TestCase("5511987654321@s.whatsapp.net", "+5511987654321")]
    [TestCase("5511987654321@c.us", "+5511987654321")]
    [TestCase("1187654321", "+551187654321", Description = "a mobile of before the ninth digit")]
    [TestCase("(11) 3222-0000", "+551132220000", Description = "a landline")]
    [TestCase("551132220000", "+551132220000")]
    [TestCase("+351 912 345 678", "+351912345678")]
    [TestCase("00351912345678", "+351912345678")]
    [TestCase("+1 (415) 555-2671", "+14155552671")]
    [TestCase("55 011 98765-4321", "+5511987654321")]
    [TestCase("55 0 15 11 98765-4321", "+5511987654321")]
    [TestCase("+55 0 15 11 98765-4321", "+5511987654321")]
    [TestCase("+55 (0) 11 98765-4321", "+5511987654321")]
    public void A_number_is_read_as_E164(string text, string expected)
    {
        var isNumber = PhoneNumber.TryParse(text, out var number, out var reason);

        Assert.That((isNumber, number?.E164, reason), Is.EqualTo((true, expected, (string?)null)));
    }

    [TestCase("55 99911-2233", "+5555999112233", Description = "eleven digits are national: Santa Maria, area code 55")]
    [TestCase("(55) 3222-1100", "+555532221100")]
    [TestCase("5555999112233", "+5555999112233")]
    [TestCase("555532221100", "+555532221100")]
    [TestCase("55 55 99911-2233", "+5555999112233")]
    public void The_area_code_55_is_not_taken_for_the_country(string text, string expected) =>
        Assert.That(PhoneNumber.Clean(text), Is.EqualTo(expected));

    [TestCase(null, PhoneReasons.Empty)]
    [TestCase("", PhoneReasons.Empty)]
    [TestCase("  ", PhoneReasons.Empty)]
    [TestCase("()-", PhoneReasons.Empty)]
    [TestCase("11 9876 ABCD", PhoneReasons.Letters)]
    [TestCase("não informado", PhoneReasons.Letters)]
    [TestCase("11*987654321", PhoneReasons.InvalidCharacter)]
    [TestCase("11 98765-4321 +", PhoneReasons.InvalidCharacter)]
    [TestCase("++5511987654321", PhoneReasons.InvalidCharacter)]
    [TestCase("١١٩٨٧٦٥٤٣٢١", PhoneReasons.InvalidCharacter)]
    [TestCase("5511987654321@evil", PhoneReasons.InvalidCharacter)]
    [TestCase("1234567", PhoneReasons.TooShort)]
    [TestCase("+1234567", PhoneReasons.TooShort)]
    [TestCase("98765432", PhoneReasons.NoAreaCode)]
    [TestCase("987654321", PhoneReasons.NoAreaCode)]
    [TestCase("+12345678", PhoneReasons.TooShort)]
    [TestCase("+1234567890123456", PhoneReasons.TooLong)]
    [TestCase("+12345678901234567890", PhoneReasons.TooLong)]
    [TestCase("55 0 11 8765-432", PhoneReasons.NoCountry)]
    [TestCase("120363321090123456", PhoneReasons.TooLong)]
    [TestCase("5511999999999-1623456789", PhoneReasons.TooLong)]
    [TestCase("10987654321", PhoneReasons.UnknownAreaCode)]
    [TestCase("(00) 99999-9999", PhoneReasons.UnknownAreaCode)] // a mask that nobody filled in
    [TestCase("(00) 4420-7946-0958", PhoneReasons.UnknownAreaCode)] // not the United Kingdom
    [TestCase("+55 20 98765-4321", PhoneReasons.UnknownAreaCode)]
    [TestCase("11887654321", PhoneReasons.NotBrazilian)]
    [TestCase("1112345678", PhoneReasons.NotBrazilian)]
    [TestCase("55 11 8765-432", PhoneReasons.NotBrazilian, Description = "eleven digits that are no mobile of area 55")]
    [TestCase("351912345678", PhoneReasons.NoCountry)]
    [TestCase("+0123456789", PhoneReasons.NoCountry)]
    [TestCase("120363019502650977@g.us", PhoneReasons.Group)]
    [TestCase("120363019502650977-group", PhoneReasons.Group)]
    [TestCase("120363321090123456@newsletter", PhoneReasons.Newsletter)]
    [TestCase("status@broadcast", PhoneReasons.Broadcast)]
    [TestCase("81896604192873@lid", PhoneReasons.Lid)]
    public void What_is_no_number_has_a_reason(string? text, string expected)
    {
        var isNumber = PhoneNumber.TryParse(text, out var number, out var reason);

        Assert.That((isNumber, number, reason), Is.EqualTo((false, (PhoneNumber?)null, expected)));
    }

    [Test]
    public void Three_hundred_digits_are_no_number() => Assert.That(PhoneNumber.Clean(new string('9', 300)), Is.Null);

    [Test]
    public void There_are_67_area_codes()
    {
        var valid = Enumerable.Range(10, 90).Where(code => PhoneNumber.Clean($"{code}987654321") is not null).ToList();

        Assert.That(valid, Has.Count.EqualTo(67));
        Assert.That(valid, Is.SupersetOf(new[] { 11, 21, 27, 28, 37, 38, 55, 61, 68, 69, 79, 89, 91, 99 }));
        Assert.That(valid, Has.None.AnyOf(10, 20, 23, 25, 26, 29, 30, 36, 39, 40, 50, 52, 56, 60, 70, 72, 76, 78, 80, 90));
    }

    [TestCase("+5511987654321", "+551187654321")]
    [TestCase("+551187654321", "+5511987654321")]
    [TestCase("+551167654321", "+5511967654321")]
    [TestCase("+551132220000", null, Description = "a landline has one form")]
    [TestCase("+351912345678", null)]
    [TestCase("+5491123456789", "+541123456789", Description = "Argentina: the 9 of mobiles")]
    [TestCase("+541123456789", "+5491123456789")]
    [TestCase("+525512345678", "+5215512345678", Description = "Mexico: the 1 of before 2019")]
    [TestCase("+5215512345678", "+525512345678")]
    public void A_number_that_WhatsApp_knows_by_one_of_two_forms_has_the_other_as_alias(string text, string? alias)
    {
        var isNumber = PhoneNumber.TryParse(text, out var number, out _);

        Assert.That((isNumber, number?.Alias), Is.EqualTo((true, alias)));
    }

    [Test]
    public void Reading_what_was_read_changes_nothing()
    {
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8, 16)).Select(_ => random.Next(10)));
            var first = PhoneNumber.Clean(random.Next(2) == 0 ? text : $"+{text}");
            if (first is null)
                continue;
            read++;
            Assert.That(PhoneNumber.Clean(first), Is.EqualTo(first), text);
        }
        Assert.That(read, Is.GreaterThan(1000));
    }
}
