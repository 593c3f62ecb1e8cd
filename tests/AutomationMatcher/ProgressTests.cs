using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>How a journey moves once it has started.</summary>
public sealed class ProgressTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public void A_due_step_asks_for_its_message()
    {
        var story = Started();
        story.Pass(Hour);

        var message = story.Requested.Single();
        Assert.That((message.Template, message.Recipient, message.AutomationId, message.Class), Is.EqualTo(("after-1h", "+5511987654321", "cart-recovery", MessageClasses.Reminder)));
        Assert.That((message.RequestedAt, message.ExpiresAt), Is.EqualTo((Noon + Hour, Noon + (13 * Hour))));
        Assert.That((story.Journey.State, story.Journey.MessageId, story.Journey.DueAt), Is.EqualTo((JourneyState.Requested, message.MessageId, (DateTimeOffset?)null)));
    }

    [Test]
    public void A_step_asks_for_one_message_however_often_it_runs()
    {
        var (story, again) = (Started(), Started());
        story.Pass(Hour);
        var before = story.State with { Journeys = [story.Journey with { State = JourneyState.Waiting, DueAt = Noon + Hour }] };

        var repeat = Progress.OnDue(before, story.Journey.JourneyId, CartRecovery, story.Requested[0].Event, new(Noon + Hour));
        again.Pass(Hour);

        Assert.That(repeat.Messages.Select(each => each.Message.Id), Is.EqualTo(new[] { story.Requested[0].MessageId }));
        Assert.That(again.Requested[0].MessageId, Is.Not.EqualTo(story.Requested[0].MessageId), "another event, another message");
    }

    [TestCase(MessageStatuses.Sent, null)]
    [TestCase(MessageStatuses.Delivered, null)]
    [TestCase(MessageStatuses.Read, null)]
    [TestCase(MessageStatuses.Uncertain, Reasons.NoAnswer)]
    [TestCase(MessageStatuses.Suppressed, Reasons.Expired)]
    [TestCase(MessageStatuses.Failed, Reasons.MissingValue)]
    [TestCase(MessageStatuses.Failed, Reasons.InvalidValue)]
    [TestCase(MessageStatuses.Failed, Reasons.UnknownTemplate)]
    public void After_this_news_the_next_step_waits(string status, string? reason)
    {
        var story = Started();
        story.Pass(2 * Hour);

        story.News(story.Requested[0], status, reason);
        story.News(story.Requested[0], status, reason);

        Assert.That((story.Journey.State, story.Journey.Step, story.Journey.DueAt), Is.EqualTo((JourneyState.Waiting, 1, Noon + (24 * Hour))));
    }

    [TestCase(MessageStatuses.Failed, Reasons.GatewayRejected)]
    [TestCase(MessageStatuses.Failed, Reasons.NoGateway)]
    [TestCase(MessageStatuses.Failed, Reasons.DeliveryFailed)]
    [TestCase(MessageStatuses.Suppressed, Reasons.Cancelled)]
    public void After_this_news_it_has_failed(string status, string reason)
    {
        var story = Started();
        story.Pass(Hour);
        story.News(story.Requested[0], status, reason);
        story.Pass(48 * Hour);

        Assert.That((story.Journey.State, story.Journey.Reason), Is.EqualTo((JourneyState.Failed, reason)));
        Assert.That(story.Requested, Has.Count.EqualTo(1));
    }

    [Test]
    public void That_a_text_was_made_changes_nothing()
    {
        var story = Started();
        story.Pass(Hour);
        story.News(story.Requested[0], MessageStatuses.Rendered);

        Assert.That(story.Journey.State, Is.EqualTo(JourneyState.Requested));
        Assert.That(story.Told, Does.EndWith("requested, rendered"));
    }

    [Test]
    public void After_the_last_step_it_is_completed()
    {
        var story = Started();
        story.Pass(Hour);
        story.News(story.Requested[0], MessageStatuses.Sent);
        story.Pass(23 * Hour);
        story.News(story.Requested[1], MessageStatuses.Sent);
        story.News(story.Requested[1], MessageStatuses.Read);

        Assert.That(story.Requested.Select(message => message.Template), Is.EqualTo(new[] { "after-1h", "after-24h" }));
        Assert.That(story.Journey.State, Is.EqualTo(JourneyState.Completed));
        Assert.That(story.Told, Is.EqualTo("received, started, requested, sent, requested, sent, completed, read"));
    }

    [Test]
    public void Late_news_of_an_earlier_step_is_history_only()
    {
        var story = Started();
        story.Pass(Hour);
        story.News(story.Requested[0], MessageStatuses.Sent);
        story.Pass(23 * Hour);

        story.News(story.Requested[0], MessageStatuses.Failed, Reasons.DeliveryFailed);

        Assert.That((story.Journey.State, story.Journey.Step), Is.EqualTo((JourneyState.Requested, 1)));
    }

    [Test]
    public void What_is_already_asked_for_is_called_back()
    {
        var story = Started();
        story.Pass(Hour);

        story.Hear(Purchase(story.Now, "cart:1", Phone));
        story.News(story.Requested[0], MessageStatuses.Sent); // it was too late

        Assert.That(story.Cancelled, Is.EqualTo(new[] { story.Requested[0].MessageId }));
        Assert.That((story.Journey.State, story.Journey.Reason), Is.EqualTo((JourneyState.Stopped, Reasons.StoppedByEvent)));
    }

    [Test]
    public void What_only_waits_needs_no_calling_back()
    {
        var story = Started();
        story.Hear(Purchase(story.Now, "cart:1", Phone));

        Assert.That(story.Cancelled, Is.Empty);
    }

    [TestCase(12, "after-1h", "received, started, requested")]
    [TestCase(14, null, "received, started, step_expired step_expired")]
    [TestCase(25, "after-24h", "received, started, step_expired step_expired, requested")]
    [TestCase(40, null, "received, started, step_expired step_expired, step_expired step_expired, completed")]
    public void A_step_that_is_too_late_has_lost_its_sense(int hours, string? asked, string told)
    {
        var story = Started();

        story.Sleep(hours * Hour);

        Assert.That(story.Requested.Select(message => message.Template), Is.EqualTo(asked is null ? [] : new[] { asked }));
        Assert.That(story.Told, Is.EqualTo(told));
    }

    [TestCase(Reasons.CodeNotPayable)]
    [TestCase(Reasons.LinkNotAllowed)]
    [TestCase(Reasons.LinkExpired)]
    public void A_text_that_held_a_value_back_does_not_end_the_journey(string reason)
    {
        var story = Started();
        story.Pass(Hour);

        story.News(story.Requested[0], MessageStatuses.Rendered, reason);
        Assert.That((story.Journey.State, story.Journey.Step), Is.EqualTo((JourneyState.Requested, 0)), "another template did");

        story.News(story.Requested[0], MessageStatuses.Failed, reason);
        Assert.That((story.Journey.State, story.Journey.Step), Is.EqualTo((JourneyState.Waiting, 1)));
    }

    [Test]
    public void A_phone_that_is_none_is_the_reason_for_waiting()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", "email:ana@example.com") with { Customer = new() { PhoneProblem = "no_area_code" } });
        story.Pass(Hour);

        Assert.That(story.Entries.Where(entry => entry.What == "no_phone").Select(entry => (entry.Reason, entry.Detail)), Is.EqualTo(new[] { (Reasons.NoPhone, "no_area_code") }));
    }

    [Test]
    public void Without_a_phone_a_due_step_waits_for_one()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", "email:ana@example.com"));
        story.Pass(2 * Hour);
        Assert.That((story.Journey.State, story.Told), Is.EqualTo((JourneyState.NoPhone, "received, started, no_phone no_phone")));

        story.Hear(Of(EventTypes.CustomerRegistered, story.Now, "email:ana@example.com", Phone));
        story.Pass(TimeSpan.Zero);

        Assert.That(story.Requested.Single().Recipient, Is.EqualTo("+5511987654321"));
    }

    [Test]
    public void A_phone_that_comes_too_late_does_not_bring_a_stale_message()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", "email:ana@example.com"));
        story.Pass(14 * Hour);

        story.Hear(Of(EventTypes.CustomerRegistered, story.Now, "email:ana@example.com", Phone));
        story.Pass(TimeSpan.Zero);

        Assert.That(story.Requested, Is.Empty);
        Assert.That((story.Journey.State, story.Journey.DueAt), Is.EqualTo((JourneyState.Waiting, Noon + (24 * Hour))));
    }

    [Test]
    public void A_purchase_that_brings_the_phone_stops_what_was_parked()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", "email:ana@example.com"));
        story.Pass(2 * Hour);

        story.Hear(Purchase(story.Now, "email:ana@example.com", Phone));
        story.Pass(48 * Hour);

        Assert.That((story.Journey.State, story.Requested.Count), Is.EqualTo((JourneyState.Stopped, 0)));
    }

    [Test]
    public void A_time_scale_of_3600_makes_an_hour_a_second()
    {
        var story = new Story(CartRecovery) { TimeScale = 3600 };
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));

        story.Pass(TimeSpan.FromSeconds(1));
        story.News(story.Requested[0], MessageStatuses.Sent);

        Assert.That(story.Journey.DueAt, Is.EqualTo(Noon.AddSeconds(24)));
    }

    [Test]
    public void Before_its_time_nothing_is_due()
    {
        var story = Started();
        story.Pass(Hour - TimeSpan.FromTicks(1));

        Assert.That(story.Requested, Is.Empty);
    }

    [Test]
    public void A_journey_that_nobody_knows_moves_nothing()
    {
        var story = Started();

        var decision = Progress.OnDue(story.State, Guid.NewGuid(), CartRecovery, CartAbandoned(Noon, "cart:1"), new(Noon));

        Assert.That((decision.Changed.Count, decision.Messages.Count, decision.Entries.Count), Is.EqualTo((0, 0, 0)));
    }

    private static Story Started()
    {
        var story = new Story(CartRecovery);
        story.Hear(CartAbandoned(story.Now, "cart:1", Phone));
        return story;
    }
}
