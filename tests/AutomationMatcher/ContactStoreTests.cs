using Recado.Contracts;
using Recado.Tests.Platform;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class ContactStoreTests(Engine engine)
{
    [Test]
    public async Task Several_that_meet_the_same_stranger_at_once_meet_one_person()
    {
        await using var matcher = await OpenAsync();
        string[] keys = ["cart:1", "email:ana@example.com", Phone];

        var found = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => LockAsync(matcher, "alpha", keys)));

        Assert.That(found.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await PersonsAsync(matcher, "alpha"), Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_shares_a_key_ends_as_one_person_in_whatever_order_they_came([Values(1, 2, 3)] int seed)
    {
        await using var matcher = await OpenAsync();
        var random = new Random(seed);
        // Five persons with six keys each; every list joins two keys of one person, and together they join all.
        var lists = Enumerable.Range(0, 5).SelectMany(person => Enumerable.Range(0, 5).Select(i => new[] { $"key:{person}:{i}", $"key:{person}:{i + 1}" }))
            .OrderBy(_ => random.Next()).ToList();

        await Parallel.ForEachAsync(lists, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (list, _) => await LockAsync(matcher, "alpha", list));

        Assert.That(await PersonsAsync(matcher, "alpha"), Is.EqualTo(5));
        foreach (var person in Enumerable.Range(0, 5))
            Assert.That((await matcher.RowsAsync($"select distinct cast(contact_id as text) from contact_keys where key like 'key:{person}:%'", 1)), Has.Count.EqualTo(1));
        Assert.That(await matcher.RowsAsync("select k.key from contact_keys k join contacts c on c.contact_id = k.contact_id where c.merged_into is not null", 1), Is.Empty,
            "no key leads to somebody who was merged");
    }

    [Test]
    public async Task The_same_keys_in_two_stores_are_two_persons()
    {
        await using var matcher = await OpenAsync();

        Assert.That(await LockAsync(matcher, "alpha", Phone), Is.Not.EqualTo(await LockAsync(matcher, "beta", Phone)));
    }

    [Test]
    public async Task Who_waits_for_a_person_that_is_erased_meets_somebody_new()
    {
        await using var matcher = await OpenAsync();
        var before = await LockAsync(matcher, "alpha", Phone);
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var erasing = matcher.Database.InTransactionAsync(async transaction =>
        {
            await matcher.Contacts.LockAsync("alpha", [[Phone]], ids => ids, transaction, default);
            held.SetResult();
            await release.Task;
            transaction.Write("delete from contact_keys where contact_id = @id", ("id", before));
            transaction.Write("delete from contacts where contact_id = @id", ("id", before));
        }, default);
        await held.Task;

        var meeting = LockAsync(matcher, "alpha", Phone);
        Assert.That(() => meeting.WaitAsync(TimeSpan.FromMilliseconds(300)), Throws.TypeOf<TimeoutException>());
        release.SetResult();
        await erasing;

        Assert.That(await meeting, Is.Not.EqualTo(before));
        Assert.That(await matcher.RowsAsync("select k.key from contact_keys k join contacts c on c.contact_id = k.contact_id", 1), Has.Count.EqualTo(1), "and can be found by it");
    }

    [Test]
    public async Task While_one_holds_a_person_another_waits()
    {
        await using var matcher = await OpenAsync();
        await LockAsync(matcher, "alpha", Phone);
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var order = new List<string>();
        var first = matcher.Database.InTransactionAsync(async transaction =>
        {
            await matcher.Contacts.LockAsync("alpha", [[Phone]], ids => ids, transaction, default);
            held.SetResult();
            await release.Task;
            order.Add("first");
        }, default);
        await held.Task;

        var second = matcher.Database.InTransactionAsync(async transaction =>
        {
            await matcher.Contacts.LockAsync("alpha", [[Phone]], ids => ids, transaction, default);
            order.Add("second");
        }, default);
        Assert.That(() => second.WaitAsync(TimeSpan.FromMilliseconds(300)), Throws.TypeOf<TimeoutException>());
        release.SetResult();
        await Task.WhenAll(first, second);

        Assert.That(order, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task When_two_turn_out_to_be_one_their_journeys_markers_and_keys_follow()
    {
        await using var matcher = await OpenAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", "email:ana@example.com"));
        await matcher.HearAsync(Of(EventTypes.OrderCreated, Noon, "order:9", Phone), CartAbandoned(Noon, "cart:2", Phone));
        Assert.That(await PersonsAsync(matcher, "alpha"), Is.EqualTo(2));

        await matcher.HearAsync(Of(EventTypes.CustomerRegistered, Noon, "email:ana@example.com", Phone));

        var one = await LockAsync(matcher, "alpha", Phone);
        Assert.That(await PersonsAsync(matcher, "alpha"), Is.EqualTo(1));
        Assert.That(await CountAsync(matcher, "journeys where contact_id = @id", one), Is.EqualTo(2));
        Assert.That(await CountAsync(matcher, "markers where contact_id = @id and type = 'order.created'", one), Is.EqualTo(2));
        Assert.That(await CountAsync(matcher, "contact_keys where contact_id = @id", one), Is.EqualTo(5), "phone, e-mail, two carts and an order");
        Assert.That(await CountAsync(matcher, "contacts where merged_into = @id", one), Is.EqualTo(1));
    }

    [Test]
    public async Task The_later_of_two_markers_stays()
    {
        await using var matcher = await OpenAsync();
        await matcher.HearAsync(Purchase(Noon, "order:1", "email:ana@example.com"));
        await matcher.HearAsync(Purchase(Noon, "order:2", Phone) with { OccurredAt = Noon.AddHours(-3) });

        await matcher.HearAsync(Of(EventTypes.CustomerRegistered, Noon, "email:ana@example.com", Phone));

        var at = await matcher.Database.QueryAsync("select m.at from markers m join contacts c on c.contact_id = m.contact_id where m.subject = '' and c.merged_into is null",
            row => row.GetFieldValue<DateTimeOffset>(0), default);
        Assert.That(at, Is.EqualTo(new[] { Noon }));
    }

    private async Task<Matcher> OpenAsync() => await Matcher.OpenAsync(await FreshDatabase.CreateAsync(engine));

    private static async Task<Guid> LockAsync(Matcher matcher, string store, params string[] keys) => await matcher.Database.InTransactionUntilDoneAsync(
        async transaction => (await matcher.Contacts.LockAsync(store, [keys], ids => ids, transaction, default)).ContactOfEach[0], (_, _) => { }, default);

    private static async Task<long> PersonsAsync(Matcher matcher, string store) => (await matcher.Database.QueryAsync(
        "select count(distinct contact_id) from contact_keys where store_id = @store", row => row.GetInt64(0), default, ("store", store)))[0];

    private static async Task<long> CountAsync(Matcher matcher, string from, Guid id) =>
        (await matcher.Database.QueryAsync($"select count(*) from {from}", row => row.GetInt64(0), default, ("id", id)))[0];
}
