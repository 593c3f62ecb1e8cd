using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Contacts;

/// <summary>
/// Finds the person behind an event by any of its keys, and locks that person's row until the end of the transaction:
/// two events about one person are never decided at the same time.
/// </summary>
public sealed class ContactStore
{
    // A key found by two at once, or contacts merged while we waited for the lock, take another look; more than a few is a fault.
    private const int MaxLooks = 10;

    /// <summary>The contact of each list of keys, in order, all locked. Keys that name several contacts make them one.</summary>
    /// <param name="ask">Asks about the contacts; on its way with the lock, and answered after it.</param>
    public async Task<(IReadOnlyList<Guid> ContactOfEach, T Asked)> LockAsync<T>(string store, IReadOnlyList<IReadOnlyList<string>> keysOfEach,
        Func<Guid[], T> ask, Transaction transaction, CancellationToken cancellation)
    {
        var keys = keysOfEach.SelectMany(list => list).Distinct().Order(StringComparer.Ordinal).ToArray();
        var known = AskKnown(store, keys, transaction);
        await transaction.AskAsync(cancellation);
        for (var look = 0; look < MaxLooks; look++)
        {
            var before = known.Rows.ToDictionary();
            var identity = Identity.Resolve(before, keysOfEach);
            var added = Add(store, identity, transaction);
            LockRows(identity.Touched, transaction);
            known = AskKnown(store, keys, transaction);
            var asked = ask([.. identity.ContactOfEach.Distinct()]);
            await transaction.AskAsync(cancellation);
            // Somebody else added one of the keys at this moment, had merged a contact before we had its lock, or had the person erased.
            if (added.Affected != identity.NewKeys.Count || known.Rows.Count != keys.Length || known.Rows.Exists(row => row.Value != (before.TryGetValue(row.Key, out var contact) ? contact : identity.NewKeys[row.Key])))
                continue;
            if (identity.Merges.Count > 0)
            {
                foreach (var (loser, winner) in identity.Merges)
                    Merge(loser, winner, transaction);
                asked = ask([.. identity.ContactOfEach.Distinct()]);
                await transaction.AskAsync(cancellation);
            }
            return (identity.ContactOfEach, asked);
        }
        throw new IOException("Contacts kept changing while they were being locked.");
    }

    /// <summary>Locks the contacts that a question names; when one of them was merged into another meanwhile, it is asked again.</summary>
    /// <param name="ask">As above; about the contacts named, and perhaps others.</param>
    public async Task<T> LockCurrentAsync<T>(Func<Answer<Guid>> name, Func<Guid[], T> ask, Transaction transaction, CancellationToken cancellation)
    {
        var locked = new HashSet<Guid>();
        var named = name();
        await transaction.AskAsync(cancellation);
        for (var look = 0; look < MaxLooks; look++)
        {
            locked.UnionWith(named.Rows);
            LockRows(named.Rows, transaction);
            named = name();
            var asked = ask([.. locked]);
            await transaction.AskAsync(cancellation);
            if (locked.IsSupersetOf(named.Rows))
                return asked;
        }
        throw new IOException("Contacts kept changing while they were being locked.");
    }

    private static Answer<KeyValuePair<string, Guid>> AskKnown(string store, string[] keys, Transaction transaction) =>
        transaction.Ask("select key, contact_id from contact_keys where store_id = @store and key = any(@keys)",
            row => KeyValuePair.Create(row.GetString(0), row.GetGuid(1)), ("store", store), ("keys", keys));

    /// <summary>Touches as many rows as there are new keys, unless somebody else adds one of them at this moment.</summary>
    private static Statement Add(string store, Identity identity, Transaction transaction)
    {
        transaction.Write(
            "insert into contacts (contact_id, store_id) values (@id, @store) on conflict do nothing",
            new Columns<Guid>(identity.NewContacts)
            {
                { "id", id => id }, { "store", store },
            });
        return transaction.Write(
            "insert into contact_keys (store_id, key, contact_id) values (@store, @key, @contact) on conflict do nothing",
            new Columns<KeyValuePair<string, Guid>>([.. identity.NewKeys.OrderBy(pair => pair.Key, StringComparer.Ordinal)])
            {
                { "store", store }, { "key", pair => pair.Key }, { "contact", pair => pair.Value },
            });
    }

    private static void LockRows(IReadOnlyCollection<Guid> contacts, Transaction transaction) =>
        transaction.Ask("select contact_id from contacts where contact_id = any(@ids) order by contact_id for update",
            row => row.GetGuid(0), ("ids", contacts.Order().ToArray()));

    private static void Merge(Guid loser, Guid winner, Transaction transaction)
    {
        (string, object?)[] both = [("loser", loser), ("winner", winner)];
        transaction.Write("update contact_keys set contact_id = @winner where contact_id = @loser", both);
        transaction.Write("update journeys set contact_id = @winner where contact_id = @loser", both);
        transaction.Write(
            """
            insert into markers (contact_id, type, subject, at)
            select @winner, type, subject, at from markers where contact_id = @loser
            on conflict (contact_id, type, subject) do update set at = greatest(markers.at, excluded.at)
            """, both);
        transaction.Write("update contacts set merged_into = @winner where contact_id = @loser", both);
    }
}
