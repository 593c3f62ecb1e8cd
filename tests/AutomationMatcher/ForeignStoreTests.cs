using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.AutomationMatcher;

/// <summary>What one store's messages say about another's journeys: nothing comes of it.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class ForeignStoreTests(Engine engine)
{
    private const string Journeys = "select store_id, state, coalesce(reason, '-') from journeys order by journey_id";
    private const string Lines = "select what from timeline where store_id = 'alpha' order by entry_id";

    [TestCase("beta")]
    [TestCase("")]
    public async Task News_of_another_stores_message_move_nothing(string store)
    {
        await using var matcher = await Matcher.OpenAsync(await FreshDatabase.CreateAsync(engine));
        await matcher.HearAsync(Happening.Of(EventTypes.PixCreated, Happening.Noon, "phone:+5511955550001", "payment:1"));
        var requested = (await matcher.RequestedAsync()).Single();
        var (journeys, lines) = (await matcher.RowsAsync(Journeys, 3), await matcher.RowsAsync(Lines, 1));

        await matcher.NewsAsync(News(requested, store, MessageStatuses.Failed, Reasons.GatewayRejected), News(requested, store, MessageStatuses.Sent, null));

        Assert.That(journeys, Is.EqualTo(new[] { "alpha requested -" }));
        Assert.That(await matcher.RowsAsync(Journeys, 3), Is.EqualTo(journeys));
        Assert.That(await matcher.RowsAsync(Lines, 1), Is.EqualTo(lines));
        await matcher.NewsAsync(News(requested, "alpha", MessageStatuses.Sent, null));
        Assert.That(await matcher.RowsAsync(Journeys, 3), Is.EqualTo(new[] { "alpha completed -" }), "the store's own news do");
    }

    [Test]
    public async Task A_reply_to_another_store_stops_nothing()
    {
        await using var matcher = await Matcher.OpenAsync(await FreshDatabase.CreateAsync(engine));
        await matcher.HearAsync(Happening.CartAbandoned(Happening.Noon, "phone:+5511955550001", "cart:1"));

        await matcher.ReplyAsync(Reply("beta"));
        Assert.That(await matcher.RowsAsync(Journeys, 3), Is.EqualTo(new[] { "alpha waiting -" }));

        await matcher.ReplyAsync(Reply("alpha"));
        Assert.That(await matcher.RowsAsync(Journeys, 3), Is.EqualTo(new[] { "alpha stopped stopped_by_event" }), "a reply to the store does");
    }

    [Test]
    public async Task A_purchase_in_another_store_stops_nothing_though_it_is_the_same_person_and_cart()
    {
        await using var matcher = await Matcher.OpenAsync(await FreshDatabase.CreateAsync(engine));
        await matcher.HearAsync(Happening.CartAbandoned(Happening.Noon, "phone:+5511955550001", "cart:1"));

        await matcher.HearAsync(Happening.Purchase(Happening.Noon, "phone:+5511955550001", "cart:1") with { StoreId = "beta" });

        Assert.That(await matcher.RowsAsync(Journeys, 3), Is.EqualTo(new[] { "alpha waiting -" }));
        Assert.That(await matcher.RowsAsync("select store_id from contact_keys where key = 'cart:1' order by store_id", 1), Is.EqualTo(new[] { "alpha", "beta" }));
    }

    private static MessageStatusChanged News(MessageRequested message, string store, string status, string? reason) => new()
    {
        StatusId = Guid.NewGuid(),
        MessageId = message.MessageId,
        StoreId = store,
        JourneyId = message.JourneyId,
        EventId = message.Event.EventId,
        Status = status,
        Reason = reason,
        OccurredAt = Happening.Noon,
    };

    private static CustomerReplied Reply(string store) => new()
    {
        ReplyId = Guid.NewGuid(),
        StoreId = store,
        InstanceId = "INSTANCE_1",
        Phone = "+5511955550001",
        GatewayMessageId = "M1",
        Kind = "text",
        OccurredAt = Happening.Noon.AddMinutes(1),
    };
}
