using Recado.Contracts;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>Decisions as they are stored and published.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class MatcherTests(Engine engine)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public async Task A_cart_is_remembered_after_an_hour_and_after_a_day()
    {
        await using var matcher = await OpenAsync();
        await matcher.StartAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone));

        matcher.Time.Advance(Hour);
        await matcher.WaitForRequestsAsync(1);
        var first = (await matcher.RequestedAsync()).Single();
        await matcher.NewsAsync(News(first, MessageStatuses.Sent));
        matcher.Time.Advance(23 * Hour);
        await matcher.WaitForRequestsAsync(2);

        Assert.That((await matcher.RequestedAsync()).Select(message => (message.Template, message.Recipient, message.JourneyId)),
            Is.EqualTo(new[] { ("after-1h", "+5511987654321", first.JourneyId), ("after-24h", "+5511987654321", first.JourneyId) }));
    }

    [Test]
    public async Task A_purchase_of_the_same_batch_silences_the_cart_in_either_order([Values] bool cartFirst)
    {
        await using var matcher = await OpenAsync();
        CommerceEvent[] events = [CartAbandoned(Noon, "cart:1", Phone), Purchase(Noon, "cart:1", Phone)];

        await matcher.HearAsync(cartFirst ? events : [events[1], events[0]]);

        Assert.That(await matcher.RowsAsync("select state from journeys", 1), Is.EqualTo(cartFirst ? ["stopped"] : Array.Empty<string>()));
    }

    [Test]
    public async Task A_checkout_link_that_many_share_reaches_nobody([Values] bool sameBatch)
    {
        const string Link = "checkout:https://loja.example/carrinho";
        await using var matcher = await OpenAsync();
        var unreachable = Of(EventTypes.PaymentFailed, Noon, Link) with { Subject = Link }; // a person of whom the link alone is told
        var bob = CartAbandoned(Noon, "cart:2", Link, Phone);
        var carol = CartAbandoned(Noon, "cart:3", Link);

        await matcher.HearAsync(unreachable);
        if (sameBatch)
            await matcher.HearAsync(bob, carol);
        else
        {
            await matcher.HearAsync(bob);
            await matcher.HearAsync(carol);
        }

        Assert.That(await matcher.RowsAsync("select subject, recipient from journeys order by subject", 2), Is.EqualTo(new[] { "cart:2 +5511987654321", "cart:3 -" }));
    }

    [Test]
    public async Task The_same_event_again_changes_nothing()
    {
        await using var matcher = await OpenAsync();
        var pix = Of(EventTypes.PixCreated, Noon, "order:1", Phone);

        await matcher.HearAsync(pix);
        var before = await DumpAsync(matcher);
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone), pix);

        Assert.That(before, Is.SubsetOf(await DumpAsync(matcher)));
        Assert.That((await matcher.RequestedAsync()).Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task However_events_are_cut_into_batches_the_same_comes_of_them([Values(1, 2, 3)] int seed)
    {
        var events = RandomEvents(new Random(seed)).ToArray();
        await using var one = await OpenAsync();
        await using var each = await OpenAsync();
        await using var some = await OpenAsync();

        await one.HearAsync(events);
        foreach (var happened in events)
            await each.HearAsync(happened);
        foreach (var batch in events.Chunk(7))
            await some.HearAsync(batch);

        var expected = await DumpAsync(one);
        Assert.That(expected, Has.Count.GreaterThan(events.Length));
        Assert.That(await DumpAsync(each), Is.EqualTo(expected));
        Assert.That(await DumpAsync(some), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_reply_stops_what_asks_for_it_and_stands_on_the_timeline()
    {
        await using var matcher = await OpenAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone), CartAbandoned(Noon, "cart:2", "phone:+5511900000000"));
        var reply = new CustomerReplied
        {
            ReplyId = Guid.NewGuid(),
            StoreId = "alpha",
            InstanceId = "I",
            GatewayMessageId = "R1",
            Phone = "+5511987654321",
            Kind = "text",
            OccurredAt = Noon,
        };

        await matcher.ReplyAsync(reply);
        await matcher.ReplyAsync(reply with { ReplyId = Guid.NewGuid(), Phone = "+5511911111111" }); // nobody knows this one

        Assert.That(await matcher.RowsAsync("select subject, state from journeys order by subject", 2), Is.EqualTo(new[] { "cart:1 stopped", "cart:2 waiting" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_reply_that_has_only_a_LID_finds_whoever_it_came_with_a_phone_for(bool beforeTheCart)
    {
        await using var matcher = await OpenAsync();
        if (!beforeTheCart)
            await matcher.HearAsync(Of(EventTypes.CustomerRegistered, Noon, Phone));
        await matcher.ReplyAsync(Reply("+5511987654321", "81896604192873@lid"));
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone), CartAbandoned(Noon, "cart:2", "phone:+5511900000000"));

        await matcher.ReplyAsync(Reply(null, "10000000000000@lid"));
        var untouched = await matcher.RowsAsync("select subject, state from journeys order by subject", 2);
        await matcher.ReplyAsync(Reply(null, "81896604192873@lid"));

        Assert.That(untouched, Is.EqualTo(new[] { "cart:1 waiting", "cart:2 waiting" }), "nobody knows that LID");
        Assert.That(await matcher.RowsAsync("select subject, state from journeys order by subject", 2), Is.EqualTo(new[] { "cart:1 stopped", "cart:2 waiting" }));
    }

    [Test]
    public async Task A_LID_that_comes_with_a_second_phone_makes_nobody_one_person()
    {
        await using var matcher = await OpenAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone), CartAbandoned(Noon, "cart:2", "phone:+5511900000000"));

        await matcher.ReplyAsync(Reply("+5511900000000", "1@lid"), Reply("+5511911111111", "1@lid"));
        await matcher.ReplyAsync(Reply("+5511911111111", "1@lid"));

        Assert.That(await matcher.RowsAsync("select subject, state from journeys order by subject", 2), Is.EqualTo(new[] { "cart:1 waiting", "cart:2 stopped" }));
        Assert.That((await matcher.RowsAsync("select distinct cast(contact_id as text) from contact_keys where key like 'phone:%'", 1)), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Replies_of_one_batch_know_each_others_LIDs_and_strangers_without_one_are_not_remembered()
    {
        await using var matcher = await OpenAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", Phone));

        await matcher.ReplyAsync(Reply(null, "1@lid"), Reply("+5511922222222", null), Reply("+5511987654321", "1@lid"));

        Assert.That(await matcher.RowsAsync("select subject, state from journeys", 2), Is.EqualTo(new[] { "cart:1 stopped" }));
        Assert.That(await matcher.RowsAsync("select key from contact_keys order by key", 1), Is.EqualTo(new[] { "cart:1", "lid:1@lid", Phone }));
    }

    [Test]
    public async Task News_of_a_journey_that_nobody_knows_are_written_down()
    {
        await using var matcher = await OpenAsync();
        var news = new MessageStatusChanged
        {
            StatusId = Guid.NewGuid(),
            MessageId = Guid.NewGuid(),
            StoreId = "alpha",
            JourneyId = Guid.NewGuid(),
            EventId = Guid.NewGuid(),
            Status = MessageStatuses.Read,
            OccurredAt = Noon,
        };

        await matcher.NewsAsync(news, news);

        Assert.That(await matcher.RowsAsync("select what from timeline", 1), Is.EqualTo(new[] { "read" }));
    }

    [Test]
    public async Task A_cart_without_a_phone_waits_for_one()
    {
        await using var matcher = await OpenAsync();
        await matcher.StartAsync();
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", "email:ana@example.com"));
        matcher.Time.Advance(Hour);
        await Until.TrueAsync(async () =>
        {
            matcher.Time.Advance(TimeSpan.FromMilliseconds(200));
            return await matcher.RowsAsync("select state from journeys", 1) is ["no_phone"];
        }, TimeSpan.FromSeconds(90), "the journey waits for a phone");

        await matcher.HearAsync(Of(EventTypes.CustomerRegistered, matcher.Time.GetUtcNow(), "email:ana@example.com", Phone));
        await matcher.WaitForRequestsAsync(1);

        Assert.That((await matcher.RequestedAsync()).Single().Recipient, Is.EqualTo("+5511987654321"));
    }

    [Test]
    public async Task A_phone_with_its_ninth_digit_and_without_is_one_phone_of_one_person()
    {
        const string Old = "phone:+551187654321";
        await using var matcher = await OpenAsync();
        await matcher.StartAsync();
        await matcher.HearAsync(Of(EventTypes.CustomerRegistered, Noon, "email:ana@example.com", Phone, Old));
        await matcher.HearAsync(Of(EventTypes.CustomerRegistered, Noon, "email:ana@example.com", Old, Phone));
        await matcher.HearAsync(CartAbandoned(Noon, "cart:1", "email:ana@example.com"));

        matcher.Time.Advance(Hour);
        await matcher.WaitForRequestsAsync(1);
        Assert.That((await matcher.RequestedAsync()).Single().Recipient, Is.EqualTo("+5511987654321"), "two phones would reach nobody");

        await matcher.ReplyAsync(Reply("+551187654321", null));
        Assert.That(await matcher.RowsAsync("select state from journeys", 1), Is.EqualTo(new[] { "stopped" }), "the reply comes from the other form");
    }

    private static CustomerReplied Reply(string? phone, string? lid) => new()
    {
        ReplyId = Guid.NewGuid(),
        StoreId = "alpha",
        InstanceId = "I",
        GatewayMessageId = "R1",
        Phone = phone,
        Lid = lid,
        Kind = "text",
        OccurredAt = Noon,
    };

    private async Task<Matcher> OpenAsync() => await Matcher.OpenAsync(await FreshDatabase.CreateAsync(engine));

    /// <summary>Three persons whose phone is always known, so that nobody turns out to be somebody else.</summary>
    private static IEnumerable<CommerceEvent> RandomEvents(Random random)
    {
        string[] types = [EventTypes.CartAbandoned, EventTypes.CartAbandoned, EventTypes.PixCreated, EventTypes.PaymentApproved, EventTypes.OrderCreated, EventTypes.CustomerRegistered];
        for (var i = 0; i < 60; i++)
        {
            var person = random.Next(3);
            yield return Of(types[random.Next(types.Length)], Noon, $"cart:{person}:{random.Next(4)}", $"order:{person}:{random.Next(4)}", $"phone:+551198765432{person}") with
            {
                EventId = DeterministicId.Of("event", $"{i}"),
                OccurredAt = Noon.AddMinutes(-random.Next(60 * 60)),
            };
        }
    }

    /// <summary>Everything that was decided, but for the ids of contacts, which are made up.</summary>
    private static async Task<List<string>> DumpAsync(Matcher matcher)
    {
        var rows = new List<string>();
        foreach (var (query, columns) in new[]
        {
            ("select cast(journey_id as text), subject, state, reason, recipient, cast(message_id as text) from journeys", 6),
            ("select type, subject, min(k.key) from markers m join contact_keys k on k.contact_id = m.contact_id and k.key like 'phone:%' group by type, subject, k.contact_id", 3),
            ("select cast(entry_id as text), what, reason, detail from timeline", 4),
            ("select wire_name, cast(message_id as text) from outbox", 2),
        })
            rows.AddRange(await matcher.RowsAsync(query, columns));
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static MessageStatusChanged News(MessageRequested message, string status) => new()
    {
        StatusId = DeterministicId.Of(message.MessageId.ToString(), status),
        MessageId = message.MessageId,
        StoreId = message.StoreId,
        JourneyId = message.JourneyId,
        EventId = message.Event.EventId,
        Status = status,
        OccurredAt = Noon,
    };
}
