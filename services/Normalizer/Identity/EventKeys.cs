using System.Security.Cryptography;
using System.Text;
using Recado.Contracts;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Identity;

/// <summary>The identities by which an event can be found again.</summary>
public static class EventKeys
{
    // An index entry has a limit; a longer identity goes by its hash.
    private const int Longest = 300;

    private static readonly string[] Personal = ["phone:", "email:", "document:", "customer:"];

    /// <summary>
    /// Each once, most specific first: what the type is about, then the other things, then the person.
    /// A Brazilian mobile gives both its forms, with the ninth digit and without, so that the two meet.
    /// </summary>
    public static IReadOnlyList<string> Of(CommerceEvent told)
    {
        var keys = new List<string>(8);
        var about = CommerceEvents.ThingOf(told.Type);
        AddThing(keys, told, about is "pix" or "boleto" ? "payment" : about);
        if (about is "payment" or "pix" or "boleto")
            AddThing(keys, told, "order");
        foreach (var thing in (ReadOnlySpan<string>)["cart", "payment", "order", "checkout", "pix", "shipment"])
            AddThing(keys, told, thing);
        AddPerson(keys, told);
        return keys;
    }

    /// <summary>The most specific thing among the keys; null where they only tell the person.</summary>
    public static string? SubjectOf(IReadOnlyList<string> keys) =>
        keys.Count > 0 && !Personal.Any(prefix => keys[0].StartsWith(prefix, StringComparison.Ordinal)) ? keys[0] : null;

    private static void AddThing(List<string> keys, CommerceEvent told, string thing)
    {
        switch (thing)
        {
            case "cart":
                Add(keys, "cart:", told.Cart?.Id);
                break;
            case "payment":
                Add(keys, "payment:", told.Payment?.Id);
                break;
            case "order":
                Add(keys, "order:", told.Order?.ExternalId);
                Add(keys, "order:", told.Order?.Number);
                break;
            // Behind a shipment's or a registration's link may be a page that is the same for everybody.
            case "checkout" when told.Links.Checkout is { } link && SecureLink.IsSpecific(link) && CommerceEvents.ThingOf(told.Type) is not ("shipment" or "customer"):
                Add(keys, "checkout:", link);
                break;
            case "pix" when told.Payment?.Pix?.Code is { } code && PixCodes.IsOneCharge(code):
                Add(keys, "pix:", Sha256(code));
                break;
            case "shipment":
                Add(keys, "shipment:", told.Shipment?.TrackingCode);
                break;
        }
    }

    private static void AddPerson(List<string> keys, CommerceEvent told)
    {
        if (PhoneNumber.TryParse(told.Customer.Phone, out var phone, out _))
        {
            Add(keys, "phone:", phone.E164);
            Add(keys, "phone:", phone.Alias);
        }
        Add(keys, "email:", told.Customer.Email);
        Add(keys, "document:", told.Customer.Document);
        Add(keys, $"customer:{told.Source}:", told.Customer.ExternalId);
    }

    private static void Add(List<string> keys, string prefix, string? identity)
    {
        if (identity is null)
            return;
        var key = prefix + (identity.Length <= Longest ? identity : Sha256(identity));
        if (!keys.Contains(key))
            keys.Add(key);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
