using Recado.Tests.Platform;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>Replicas share one database; SQLite has one process.</summary>
public sealed class MatcherReplicaTests
{
    [Test]
    public async Task Two_replicas_ask_for_each_due_message_once()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var one = await Matcher.OpenAsync(database);
        await using var other = await Matcher.OpenAsync(database);
        await one.HearAsync([.. Enumerable.Range(0, 300).Select(i => CartAbandoned(Noon, $"cart:{i}", $"phone:+55119{i:00000000}"))]);
        one.Time.Advance(TimeSpan.FromHours(1));
        other.Time.Advance(TimeSpan.FromHours(1));

        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        await one.WaitForRequestsAsync(300);

        Assert.That((await one.RequestedAsync()).Select(message => message.MessageId).ToList(), Is.Unique.And.Count.EqualTo(300));
    }

    [Test]
    public async Task Two_replicas_that_hear_of_one_person_at_once_never_decide_side_by_side()
    {
        var database = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var one = await Matcher.OpenAsync(database);
        await using var other = await Matcher.OpenAsync(database);

        // The same cart from both: whoever comes second finds the first one running.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).HearAsync(CartAbandoned(Noon, $"cart:{i / 4}", Phone))));

        Assert.That(await one.RowsAsync("select subject from journeys", 1), Is.Unique.And.Count.EqualTo(10));
    }
}
