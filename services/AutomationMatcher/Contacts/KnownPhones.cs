using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Contacts;

/// <summary>
/// By which phone a person can be reached who gave none: the one told together with the same e-mail, document or customer
/// id. A key that was told with several phones (a placeholder address, a shared mailbox) reaches nobody.
/// </summary>
internal sealed class KnownPhones
{
    private const string Several = "";

    private readonly Dictionary<string, string> _phones;
    private readonly HashSet<string> _changed = [];

    public KnownPhones(Answer<KeyValuePair<string, string>> known) => _phones = known.Rows.ToDictionary();

    public static Answer<KeyValuePair<string, string>> Ask(string store, IEnumerable<CommerceEvent> events, Transaction transaction) =>
        transaction.Ask("select key, phone from contact_keys where store_id = @store and key = any(@keys) and phone is not null",
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            ("store", store), ("keys", events.SelectMany(happened => happened.Keys).Distinct().ToArray()));

    /// <summary>Remembers the phone of an event that has one, and gives that of one that has none.</summary>
    public string? Meet(CommerceEvent happened)
    {
        var keys = PersonKeys.Reaching(happened);
        if (happened.Customer.Phone is { } phone)
            foreach (var key in keys)
                Remember(key, phone, happened.Keys);
        // Who names no person at all is about an order or cart that did.
        var people = keys.Where(PersonKeys.IsPerson).ToList();
        return (people.Count > 0 ? people : keys).Select(key => _phones.GetValueOrDefault(key)).FirstOrDefault(known => known is not null and not Several);
    }

    public void Save(string store, Transaction transaction) =>
        transaction.Write(
            """
            with told (key, phone) as (values (@key, @phone))
            update contact_keys set phone = told.phone from told where contact_keys.store_id = @store and contact_keys.key = told.key
            """,
            new Columns<string>([.. _changed.Order(StringComparer.Ordinal)])
            {
                { "store", store }, { "key", key => key }, { "phone", key => _phones[key] },
            });

    // The event's keys hold both forms of a mobile, with the ninth digit and without: the same phone.
    private void Remember(string key, string phone, IReadOnlyList<string> keys)
    {
        var known = _phones.GetValueOrDefault(key);
        if (known == phone || known == Several || keys.Contains($"phone:{known}"))
            return;
        _phones[key] = known is null ? phone : Several;
        _changed.Add(key);
    }
}
