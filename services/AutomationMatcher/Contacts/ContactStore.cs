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
    public async Task<IReadOnlyList<Guid>> LockAsync(string store, IReadOnlyList<IReadOnlyList<string>> keysOfEach, Transaction transaction, CancellationToken cancellation)
    {
        var keys = keysOfEach.SelectMany(list => list).Distinct().Order(StringComparer.Ordinal).ToArray();
        for (var look = 0; look < MaxLooks; look++)
        {
            var known = await KnownAsync(store, keys, transaction, cancellation);
            var identity = Identity.Resolve(known, keysOfEach);
            if (!await AddAsync(store, identity, transaction, cancellation))
                continue;
            await LockRowsAsync(identity.Touched, transaction, cancellation);
            var locked = await KnownAsync(store, keys, transaction, cancellation);
            if (keys.Any(key => locked[key] != (known.TryGetValue(key, out var before) ? before : identity.NewKeys[key])))
                continue;
            foreach (var (loser, winner) in identity.Merges)
                await MergeAsync(loser, winner, transaction, cancellation);
            return identity.ContactOfEach;
        }
        throw new IOException("Contacts kept changing while they were being locked.");
    }

    /// <summary>Locks the contacts that a query names; when one of them was merged into another meanwhile, the query is asked again.</summary>
    public async Task<IReadOnlyCollection<Guid>> LockCurrentAsync(Func<Task<List<Guid>>> query, Transaction transaction, CancellationToken cancellation)
    {
        var locked = new HashSet<Guid>();
        for (var look = 0; look < MaxLooks; look++)
        {
            var named = await query();
            if (locked.IsSupersetOf(named))
                return named;
            await LockRowsAsync([.. named], transaction, cancellation);
            locked.UnionWith(named);
        }
        throw new IOException("Contacts kept changing while they were being locked.");
    }

    private static async Task<Dictionary<string, Guid>> KnownAsync(string store, string[] keys, Transaction transaction, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync("select key, contact_id from contact_keys where store_id = @store and key = any(@keys)",
            row => (Key: row.GetString(0), Contact: row.GetGuid(1)), cancellation, ("store", store), ("keys", keys));
        return rows.ToDictionary(row => row.Key, row => row.Contact);
    }

    /// <summary>False when somebody else added one of the keys at this moment.</summary>
    private static async Task<bool> AddAsync(string store, Identity identity, Transaction transaction, CancellationToken cancellation)
    {
        transaction.Write(
            "insert into contacts (contact_id, store_id) values (@id, @store) on conflict do nothing",
            new Columns<Guid>(identity.NewContacts)
            {
                { "id", id => id }, { "store", store },
            });
        var added = await transaction.ExecuteAsync(
            "insert into contact_keys (store_id, key, contact_id) values (@store, @key, @contact) on conflict do nothing",
            new Columns<KeyValuePair<string, Guid>>([.. identity.NewKeys.OrderBy(pair => pair.Key, StringComparer.Ordinal)])
            {
                { "store", store }, { "key", pair => pair.Key }, { "contact", pair => pair.Value },
            }, cancellation);
        return added == identity.NewKeys.Count;
    }

    private static Task LockRowsAsync(IReadOnlyCollection<Guid> contacts, Transaction transaction, CancellationToken cancellation) =>
        transaction.QueryAsync("select contact_id from contacts where contact_id = any(@ids) order by contact_id for update",
            row => row.GetGuid(0), cancellation, ("ids", contacts.Order().ToArray()));

    private static async Task MergeAsync(Guid loser, Guid winner, Transaction transaction, CancellationToken cancellation)
    {
        (string, object?)[] both = [("loser", loser), ("winner", winner)];
        await transaction.ExecuteAsync("update contact_keys set contact_id = @winner where contact_id = @loser", cancellation, both);
        await transaction.ExecuteAsync("update journeys set contact_id = @winner where contact_id = @loser", cancellation, both);
        await transaction.ExecuteAsync(
            """
            insert into markers (contact_id, type, subject, at)
            select @winner, type, subject, at from markers where contact_id = @loser
            on conflict (contact_id, type, subject) do update set at = greatest(markers.at, excluded.at)
            """, cancellation, both);
        await transaction.ExecuteAsync("update contacts set merged_into = @winner where contact_id = @loser", cancellation, both);
    }
}
