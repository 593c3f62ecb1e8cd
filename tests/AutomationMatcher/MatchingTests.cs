using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>What starts a journey, what stops it and what keeps it from starting.</summary>
public sealed class MatchingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public void A_cart_starts_a_journey_that_waits()
    {
        var story = new Story(CartRecovery);

        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        Assert.That((story.Journey.State, story.Journey.DueAt, story.Journey.Recipient), Is.EqualTo((JourneyState.Waiting, Noon + Hour, "+5511987654321")));
        Assert.That(story.Requested, Is.Empty);
        Assert.That(story.Told, Is.EqualTo("received, started"));
    }

    [Test]
    public void Waits_count_from_the_event_s_own_time()
    {
        var story = new Story(CartRecovery);

        story.Hear(CartAbandoned(story.Now, "cart:1", Phone) with { OccurredAt = Noon - (Hour / 2) });

        Assert.That(story.Journey.DueAt, Is.EqualTo(Noon + (Hour / 2)));
    }

    [Test]
    public void A_step_without_a_wait_is_asked_for_at_once()
    {
        var story = new Story(PixCode);

        story.Hear(Of(EventTypes.PixCreated, story.Now, "order:1", Phone) with { Payment = new() { Method = "pix" } });

        Assert.That(story.Requested.Single().Template, Is.EqualTo("code"));
        Assert.That(story.Told, Is.EqualTo("received, started, requested"));
    }

    [Test]
    public void An_event_that_nothing_waits_for_says_so()
    {
        var story = new Story(CartRecovery);
        story.Hear(Of(EventTypes.CustomerRegistered, story.Now, Phone));

        Assert.That(story.Told, Is.EqualTo("received, not_started no_automation"));
    }

    [TestCase("boleto")]
    [TestCase(null)]
    public void A_condition_that_does_not_hold_says_so(string? method)
    {
        var story = new Story(PixCode);
        story.Hear(Of(EventTypes.PixCreated, story.Now, "order:1", Phone) with { Payment = new() { Method = method } });

        Assert.That(story.Told, Is.EqualTo("received, not_started condition_not_met"));
    }

    [TestCase(1, "received, not_started already_stopped")] // bought after the cart was left, and be it by another way
    [TestCase(-47, "received, not_started already_stopped")]
    [TestCase(-49, "received, started")] // the cart of a later day is a new wish
    public void A_cart_that_is_told_days_late_is_as_old_as_it_says(int hours, string told)
    {
        var story = new Story(CartRecovery);
        story.Hear(Purchase(Noon + (hours * Hour), Phone));

        story.Pass(50 * Hour);
        var before = story.Told;
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone) with { OccurredAt = Noon });

        Assert.That(story.Told, Is.EqualTo($"{before}, {told}"));
    }

    [TestCase(EventTypes.PaymentApproved, "cart:1")]
    [TestCase(EventTypes.PaymentApproved, "order:7")] // the cart's own order
    [TestCase(EventTypes.OrderCreated, "cart:1")]
    [TestCase(EventTypes.PaymentApproved, "cart:2")] // another wish of the same person was fulfilled
    public void What_stops_a_reminder(string type, string key)
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", "order:7", Phone));

        story.Pass(Hour / 2);
        story.Hear(Of(type, story.Now, key, Phone));
        story.Pass(48 * Hour);

        Assert.That(story.Journey.State, Is.EqualTo(JourneyState.Stopped));
        Assert.That(story.Requested, Is.Empty);
        Assert.That(story.Entries.Single(entry => entry.What == "stopped").Detail, Is.EqualTo(type));
    }

    [TestCase(EventTypes.PaymentFailed, "cart:1")]
    [TestCase(EventTypes.CustomerRegistered, "cart:1")]
    public void What_does_not_stop_it(string type, string key)
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        story.Hear(Of(type, story.Now, key, Phone));
        story.Pass(Hour);

        Assert.That(story.Requested, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_purchase_of_long_before_the_cart_that_comes_late_does_not_stop_it()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        story.Hear(Purchase(story.Now, "cart:0", Phone) with { OccurredAt = Noon.AddHours(-49), ReceivedAt = Noon.AddHours(-48.5) });
        story.Pass(Hour);

        Assert.That(story.Requested, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_purchase_of_one_thing_does_not_silence_the_code_of_another()
    {
        var story = new Story(PixCode);
        story.Hear(Purchase(story.Now, "order:1", Phone));

        story.Hear(Of(EventTypes.PixCreated, story.Now, "order:2", Phone) with { Payment = new() { Method = "pix" } });

        Assert.That(story.Requested, Has.Count.EqualTo(1));
    }

    [TestCase(0, "cart:2", true)]
    [TestCase(47, "cart:2", true)]
    [TestCase(49, "cart:2", false)] // another day, another wish
    [TestCase(49, "cart:1", true)] // but this very cart was bought
    [TestCase(24 * 300, "cart:1", true)]
    public void A_purchase_leaves_a_marker_that_a_late_cart_finds(int hoursBefore, string cart, bool silenced)
    {
        var story = new Story(CartRecovery);
        story.Hear(Purchase(story.Now, "cart:1", Phone));

        story.Pass(hoursBefore * Hour);
        story.Hear(CartAbandoned(story.Now, cart, Phone));
        story.Pass(Hour);

        Assert.That(story.Requested, silenced ? Is.Empty : Has.Count.EqualTo(1));
        Assert.That(story.Told, silenced ? Is.EqualTo("received, not_started no_automation, received, not_started already_stopped") : Does.EndWith("started, requested"));
    }

    [Test]
    public void An_order_silences_its_own_cart_only()
    {
        var story = new Story(CartRecovery);
        story.Hear(Of(EventTypes.OrderCreated, story.Now, "cart:1", Phone));

        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        story.Hear(CartAbandoned(story.Now, "cart:2", Phone));

        Assert.That(story.State.Journeys.Select(journey => journey.Subject), Is.EqualTo(new[] { "cart:2" }));
    }

    [Test]
    public void The_same_cart_starts_nothing_while_it_runs_and_for_a_while_after()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        story.Pass(2 * Hour);
        story.News(story.Requested[0], MessageStatuses.Failed, Reasons.GatewayRejected);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        story.Pass(23 * Hour);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        Assert.That(story.Entries.Where(entry => entry.What is "started" or "not_started").Select(entry => entry.Reason),
            Is.EqualTo(new[] { null, Reasons.AlreadyRunning, Reasons.ReentryTooSoon, null }));
    }

    [Test]
    public void Another_cart_of_the_same_person_starts_its_own()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        story.Hear(CartAbandoned(story.Now, "cart:2", Phone));

        Assert.That(story.State.Journeys, Has.Count.EqualTo(2));
    }

    [Test]
    public void Without_a_rule_of_re_entry_every_event_starts_one_and_the_same_event_the_same()
    {
        var story = new Story(PixCode);
        var pix = Of(EventTypes.PixCreated, story.Now, "order:1", Phone) with { Payment = new() { Method = "pix" } };

        story.Hear(pix);
        story.Hear(pix with { EventId = Guid.NewGuid() });
        story.Hear(pix);

        Assert.That(story.State.Journeys, Has.Count.EqualTo(2));
        Assert.That(story.Requested.Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(2));
    }

    [TestCase(0, 0, 0)]
    [TestCase(-23, 0, -23)] // its own time
    [TestCase(-25, 0, 0)] // told more than a day late: the arrival
    [TestCase(1, 0, 0)] // from the future: the arrival
    [TestCase(-30, -20, -30)] // what waited in a queue is not late for that
    public void The_time_that_counts(int occurred, int received, int expected)
    {
        var happened = CartAbandoned(Noon, "cart:1") with { OccurredAt = Noon.AddHours(occurred), ReceivedAt = Noon.AddHours(received) };

        Assert.That(Matching.EffectiveTime(happened, Noon), Is.EqualTo(Noon.AddHours(expected)));
    }

    [Test]
    public void An_ended_journey_is_stopped_by_nothing()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        story.Hear(Purchase(story.Now, "cart:1", Phone));
        story.Hear(Purchase(story.Now, "cart:1", Phone));

        Assert.That(story.Entries.Count(entry => entry.What == "stopped"), Is.EqualTo(1));
    }
}
