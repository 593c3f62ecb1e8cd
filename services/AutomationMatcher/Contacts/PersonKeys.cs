using Recado.Contracts;

namespace Recado.AutomationMatcher.Contacts;

/// <summary>Which keys of an event tell who it is about.</summary>
internal static class PersonKeys
{
    /// <summary>
    /// What tells the person. Not a checkout link, nor a PIX code where anything else names the charge: a shop that shows
    /// the same to everybody would make all its customers one person. An event that names nobody else is still about its subject.
    /// </summary>
    public static IReadOnlyList<string> Of(CommerceEvent happened) =>
        Telling(happened) is { Count: > 0 } keys ? keys : [happened.Subject];

    /// <summary>By which the phone of somebody else's event may be used: the same, but a subject that tells nobody reaches nobody.</summary>
    public static IReadOnlyList<string> Reaching(CommerceEvent happened) => [.. Telling(happened).Where(key => !Is("phone:", key))];

    /// <summary>True for the identities of a person other than the phone.</summary>
    public static bool IsPerson(string key) => Is("email:", key) || Is("document:", key) || Is("customer:", key);

    private static List<string> Telling(CommerceEvent happened)
    {
        List<string> keys = [.. happened.Keys.Where(key => !Is("checkout:", key) && !Is("pix:", key))];
        if (!keys.Exists(key => Is("payment:", key) || Is("order:", key)))
            keys.AddRange(happened.Keys.Where(key => Is("pix:", key)));
        return keys;
    }

    private static bool Is(string kind, string key) => key.StartsWith(kind, StringComparison.Ordinal);
}
