using Recado.Contracts;
using Recado.Normalizer;
using Recado.Normalizer.Phones;

namespace Recado.Tests.Normalizer;

public sealed class ForeignPhoneTests
{
    [TestCase("+5511987654321", "BR")]
    [TestCase("+351912345678", "PT")]
    [TestCase("+14155552671", "US")]
    [TestCase("+1 604 555 0199", "CA")]
    [TestCase("+1 809 555 0199", "DO")]
    [TestCase("+1 787 555 0199", "PR")]
    [TestCase("+1 876 555 0199", "JM")]
    [TestCase("+54 9 11 2345-6789", "AR")]
    [TestCase("+52 55 1234 5678", "MX")]
    [TestCase("+52 1 55 1234 5678", "MX")]
    [TestCase("+598 94 123 456", "UY")]
    [TestCase("+595 981 123456", "PY")]
    [TestCase("+44 (0)20 7946 0958", "GB")]
    [TestCase("+49 1512 3456789", "DE")]
    [TestCase("+39 06 6982", "IT")]
    [TestCase("+244 923 123 456", "AO")]
    [TestCase("+258 84 123 4567", "MZ")]
    [TestCase("+7 912 345-67-89", "RU")]
    [TestCase("+7 701 345-67-89", "KZ")]
    [TestCase("+81 90 1234 5678", "JP")]
    [TestCase("+599 9 461 1234", "CW")]
    [TestCase("+599 318 1234", "BQ")]
    [TestCase("+881 612345678", null, Description = "a satellite belongs to no country")]
    public void The_calling_code_tells_the_country(string text, string? country)
    {
        var isNumber = PhoneNumber.TryParse(text, out var number, out _);

        Assert.That((isNumber, number?.Country), Is.EqualTo((true, country)));
    }

    [TestCase("+54 11 15 2345-6789", "+5491123456789")]
    [TestCase("+54 351 15 234-5678", "+5493512345678")]
    [TestCase("+54 2966 15 23-4567", "+5492966234567")]
    public void An_Argentine_mobile_is_read_as_it_is_dialled_from_abroad(string text, string expected) =>
        Assert.That(PhoneNumber.Clean(text), Is.EqualTo(expected));

    [TestCase("+999 123 456 789", PhoneReasons.UnknownCountry)]
    [TestCase("+210 123 456 789", PhoneReasons.UnknownCountry)]
    [TestCase("+384 123 456 789", PhoneReasons.UnknownCountry)]
    [TestCase("00 999 123 456 789", PhoneReasons.UnknownCountry)]
    [TestCase("+351 91 234 567", PhoneReasons.TooShort)]
    [TestCase("+351 912 345 6789", PhoneReasons.TooLong)]
    [TestCase("+1 415 555 26711", PhoneReasons.TooLong)]
    [TestCase("+1 115 555 2671", PhoneReasons.NotOfCountry)]
    [TestCase("+1 911 555 2671", PhoneReasons.NotOfCountry)]
    [TestCase("+1 415 155 2671", PhoneReasons.NotOfCountry)]
    [TestCase("+52 2 55 1234 5678", PhoneReasons.NotOfCountry)]
    [TestCase("+54 8 11 2345 6789", PhoneReasons.NotOfCountry)]
    public void What_no_country_dials_has_a_reason(string text, string expected)
    {
        var isNumber = PhoneNumber.TryParse(text, out _, out var reason);

        Assert.That((isNumber, reason), Is.EqualTo((false, expected)));
    }

    [Test]
    public void No_calling_code_begins_with_another_and_no_number_is_longer_than_E164_allows()
    {
        var codes = CallingCodes.All.ToList();

        Assert.That(codes, Has.Count.GreaterThan(200));
        Assert.That(codes.Where(code => codes.Any(other => other != code && code.Digits.StartsWith(other.Digits, StringComparison.Ordinal))), Is.Empty);
        Assert.That(codes.Where(code => code.Shortest < 4 || code.Longest < code.Shortest || code.Digits.Length + code.Longest > 15), Is.Empty);
        Assert.That(codes.Select(code => code.Country).OfType<string>(), Is.Unique.Or.Contain("SH"));
    }

    [TestCase("\"+351912345678\"", null, "+351912345678", null, "PT")]
    [TestCase("\"+351912345678\"", "BR", "+351912345678", null, "BR")]
    [TestCase("\"98765-4321\"", null, null, PhoneReasons.NoAreaCode, null)]
    [TestCase("\"+999123456789\"", "AR", null, PhoneReasons.UnknownCountry, "AR")]
    [TestCase("\"\"", null, null, null, null)]
    [TestCase("null", null, null, null, null)]
    public void An_event_tells_the_phone_or_why_there_is_none(string phone, string? country, string? expected, string? problem, string? expectedCountry)
    {
        var told = country is null ? "null" : $"\"{country}\"";
        var customer = Event(Sources.Events, $$"""{"id":"1","type":"customer.registered","customer":{"email":"a@b.example","phone":{{phone}},"country":{{told}} } }""").Customer;

        Assert.That((customer.Phone, customer.PhoneProblem, customer.Country), Is.EqualTo((expected, problem, expectedCountry)));
    }

    [TestCase("5511987654321", "+5511987654321", null)]
    [TestCase("98765432", null, PhoneReasons.NoAreaCode)]
    [TestCase("-1", null, PhoneReasons.TooShort)]
    public void A_phone_may_come_as_a_number(string phone, string? expected, string? problem)
    {
        var told = Event(Sources.AbandonedCart, $$$"""{"cart_token":"c","customer":{"phone":{{{phone}}}}}""");

        Assert.That((told.Customer.Phone, told.Customer.PhoneProblem), Is.EqualTo((expected, problem)));
    }

    private static CommerceEvent Event(string source, string body) => (CommerceEvent)Normalization.Normalize(Payload.Webhook(source, body)).Messages.Single();
}
