using Recado.AutomationMatcher.Contacts;

namespace Recado.Tests.AutomationMatcher;

/// <summary>Who is who among the events of a batch.</summary>
public sealed class IdentityTests
{
    private static readonly Guid A = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid B = new("00000000-0000-7000-8000-00000000000b");
    private static readonly Guid C = new("00000000-0000-7000-8000-00000000000c");

    [Test]
    public void Keys_that_nobody_knows_are_a_new_person()
    {
        var identity = Resolve([], ["cart:1", "phone:1"]);

        Assert.That(identity.NewContacts, Is.EqualTo(identity.ContactOfEach));
        Assert.That(identity.NewKeys.Keys, Is.EquivalentTo(new[] { "cart:1", "phone:1" }));
        Assert.That((identity.Merges.Count, identity.Touched.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Events_that_share_no_key_are_strangers() =>
        Assert.That(Resolve([], ["cart:1"], ["cart:2"]).ContactOfEach, Is.Unique);

    [Test]
    public void One_known_key_is_enough_and_the_others_are_learned()
    {
        var identity = Resolve(new() { ["phone:1"] = A }, ["cart:1", "phone:1"]);

        Assert.That(identity.ContactOfEach, Is.EqualTo(new[] { A }));
        Assert.That(identity.NewContacts, Is.Empty);
        Assert.That(identity.NewKeys, Is.EqualTo(new Dictionary<string, Guid> { ["cart:1"] = A }));
    }

    [Test]
    public void Of_several_known_persons_the_smallest_id_stays()
    {
        var identity = Resolve(new() { ["phone:1"] = B, ["email:1"] = A, ["document:1"] = C }, ["phone:1", "email:1", "document:1"]);

        Assert.That(identity.ContactOfEach, Is.EqualTo(new[] { A }));
        Assert.That(identity.Merges, Is.EquivalentTo(new[] { KeyValuePair.Create(B, A), KeyValuePair.Create(C, A) }));
        Assert.That(identity.Touched, Is.EquivalentTo(new[] { A, B, C }));
    }

    [Test]
    public void Who_is_joined_later_in_a_batch_was_one_from_its_start()
    {
        var identity = Resolve([], ["phone:1"], ["email:1"], ["document:1"], ["phone:1", "email:1"], ["email:1", "document:1"]);

        Assert.That(identity.ContactOfEach.Distinct().Count(), Is.EqualTo(1));
        Assert.That(identity.NewKeys.Values.Distinct(), Is.EqualTo(identity.ContactOfEach.Distinct()));
    }

    [Test]
    public void Chains_of_known_persons_become_one()
    {
        var identity = Resolve(new() { ["a"] = C, ["b"] = B, ["c"] = A }, ["a", "b"], ["b", "c"]);

        Assert.That(identity.ContactOfEach, Is.EqualTo(new[] { A, A }));
        Assert.That(identity.Merges, Is.EquivalentTo(new[] { KeyValuePair.Create(C, A), KeyValuePair.Create(B, A) }));
    }

    [Test]
    public void Sharing_a_key_is_all_that_counts_whatever_the_order([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        Guid[] persons = [A, B, C];
        var keys = Enumerable.Range(0, 12).Select(i => $"key:{i}").ToArray();
        var known = keys.Where(_ => random.Next(3) == 0).ToDictionary(key => key, _ => persons[random.Next(3)]);
        string[][] events = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.GetItems(keys, random.Next(1, 4)).Distinct().ToArray())];

        var identity = Resolve(known, events);

        for (var i = 0; i < events.Length; i++)
            for (var j = 0; j < events.Length; j++)
                Assert.That(identity.ContactOfEach[i] == identity.ContactOfEach[j], Is.EqualTo(Connected(events[i], events, known).Overlaps(events[j])), $"{i} and {j}");
        var losers = identity.Merges.Select(merge => merge.Key).ToList();
        Assert.That(identity.ContactOfEach.Concat(identity.NewKeys.Values).Intersect(losers), Is.Empty, "who was merged is nobody any more");
        Assert.That(identity.Touched, Is.SupersetOf(identity.ContactOfEach.Union(losers)), "all are locked");
    }

    /// <summary>All keys that hang together with these.</summary>
    private static HashSet<string> Connected(string[] start, string[][] events, Dictionary<string, Guid> known)
    {
        var reached = new HashSet<string>(start);
        for (var size = -1; size != reached.Count;)
        {
            size = reached.Count;
            foreach (var keys in events.Where(reached.Overlaps))
                reached.UnionWith(keys);
            var persons = reached.Where(known.ContainsKey).Select(key => known[key]).ToHashSet();
            reached.UnionWith(known.Where(pair => persons.Contains(pair.Value)).Select(pair => pair.Key));
        }
        return reached;
    }

    private static Identity Resolve(Dictionary<string, Guid> known, params string[][] keysOfEach) => Identity.Resolve(known, keysOfEach);
}
