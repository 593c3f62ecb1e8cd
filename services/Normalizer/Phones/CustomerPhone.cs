using Recado.Contracts;

namespace Recado.Normalizer.Phones;

/// <summary>The part of a customer that follows from the telephone number.</summary>
internal static class CustomerPhone
{
    /// <summary>The customer with the number, or with the reason why what was given is none; a country that the source told stays.</summary>
    public static Customer WithPhone(this Customer customer, string? text)
    {
        if (PhoneNumber.TryParse(text, out var number, out var reason))
            return customer with { Phone = number.E164, Country = customer.Country ?? number.Country };
        return customer with { PhoneProblem = reason == PhoneReasons.Empty ? null : reason };
    }
}
