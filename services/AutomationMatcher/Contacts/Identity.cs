namespace Recado.AutomationMatcher.Contacts;

/// <summary>Who is who among the events of a batch, given which keys are already known. Pure.</summary>
/// <param name="ContactOfEach">One contact per event, in order.</param>
/// <param name="NewContacts">Contacts that nobody has heard of.</param>
/// <param name="NewKeys">Keys to remember, with their contact.</param>
/// <param name="Merges">Contacts that turned out to be the same person: loser to winner.</param>
/// <param name="Touched">Every contact that has to be locked, losers too.</param>
public sealed record Identity(
    IReadOnlyList<Guid> ContactOfEach, IReadOnlyList<Guid> NewContacts, IReadOnlyDictionary<string, Guid> NewKeys,
    IReadOnlyList<KeyValuePair<Guid, Guid>> Merges, IReadOnlyCollection<Guid> Touched)
{
    /// <summary>Joins every list of keys into one person; of several known contacts the smallest id stays.</summary>
    public static Identity Resolve(IReadOnlyDictionary<string, Guid> known, IReadOnlyList<IReadOnlyList<string>> keysOfEach)
    {
        var contactOf = new Dictionary<string, Guid>(known);
        var winnerOf = new Dictionary<Guid, Guid>();
        var fresh = new List<Guid>();
        foreach (var keys in keysOfEach)
        {
            var candidates = keys.Where(contactOf.ContainsKey).Select(key => Winner(contactOf[key])).Distinct().Order().ToList();
            var contact = candidates.Count > 0 ? candidates[0] : Guid.CreateVersion7();
            if (candidates.Count == 0)
                fresh.Add(contact);
            foreach (var loser in candidates.Skip(1))
                winnerOf[loser] = contact;
            foreach (var key in keys)
                contactOf[key] = contact;
        }
        var contactOfEach = keysOfEach.Select(keys => Winner(contactOf[keys[0]])).ToList();
        var newKeys = contactOf.Where(pair => !known.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => Winner(pair.Value));
        var merges = winnerOf.Select(pair => KeyValuePair.Create(pair.Key, Winner(pair.Key))).ToList();
        return new(contactOfEach, fresh, newKeys, merges, [.. contactOfEach.Concat(winnerOf.Keys).Distinct()]);

        Guid Winner(Guid contact)
        {
            while (winnerOf.TryGetValue(contact, out var next))
                contact = next;
            return contact;
        }
    }
}
