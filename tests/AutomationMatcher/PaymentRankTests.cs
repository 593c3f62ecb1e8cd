using Recado.AutomationMatcher.Automations;
using Recado.Contracts;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>One payment's status only moves forward, in whatever order it is told.</summary>
public sealed class PaymentRankTests
{
    private const string Charge = "payment:6812a0f4cc58d1620569aa01";

    private static readonly string[] ByRank =
        [EventTypes.PixCreated, EventTypes.PaymentFailed, EventTypes.PaymentApproved, EventTypes.PaymentRefunded, EventTypes.PaymentChargedback];

    private static readonly Automation[] OneForEach =
    [
        .. ByRank.Append(EventTypes.BoletoDue).Select(type => PixCode with
        {
            Id = type, Trigger = type, Conditions = [], StopOn = [], Steps = [new(TimeSpan.Zero, type)],
        }),
    ];

    [Test]
    public void What_is_told_in_any_order_starts_only_what_goes_forward([ValueSource(nameof(Orders))] string order)
    {
        var story = new Story(OneForEach);
        var told = order.Split(' ');

        foreach (var type in told)
            story.Hear(Of(type, story.Now, Charge, Phone));

        var forward = told.Where((type, i) => told.Take(i).All(before => Rank(before) < Rank(type)));
        Assert.That(story.Requested.Select(message => message.Template), Is.EqualTo(forward));
        Assert.That(story.Entries.Count(entry => entry.Reason == Reasons.Outdated), Is.EqualTo(told.Length - forward.Count()));
    }

    [Test]
    public void A_late_unpaid_says_what_it_was_too_late_for()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PaymentRefunded, story.Now, Charge, Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, Charge, Phone));

        Assert.That(story.Entries[^1], Has.Property("What").EqualTo("not_started").And.Property("Detail").EqualTo(EventTypes.PaymentRefunded));
    }

    [Test]
    public void The_same_status_of_the_same_payment_is_no_news_even_at_another_time()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PaymentFailed, story.Now, Charge, Phone));
        story.Pass(TimeSpan.FromMinutes(5));
        story.Hear(Of(EventTypes.PaymentFailed, story.Now, Charge, Phone));

        Assert.That(story.Requested, Has.Count.EqualTo(1));
        Assert.That(story.Entries[^1].Reason, Is.EqualTo(Reasons.StatusUnchanged));
    }

    [Test]
    public void A_fresh_code_of_the_same_payment_is_news_and_the_same_code_is_not()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PixCreated, story.Now, Charge, "pix:first", Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, Charge, "pix:first", Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, Charge, "pix:second", Phone));

        Assert.That(story.Requested, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_code_that_a_shop_shows_to_everybody_does_not_make_their_payments_one()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PaymentRefunded, story.Now, "payment:1", "pix:shared", Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, "payment:2", "pix:shared", Phone));

        Assert.That(story.Requested, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_code_names_the_charge_where_nothing_else_does()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PaymentApproved, story.Now, "pix:only", Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, "pix:only", Phone));

        Assert.That(story.Entries[^1].Reason, Is.EqualTo(Reasons.Outdated));
    }

    [Test]
    public void A_boleto_may_be_due_day_after_day()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.BoletoDue, story.Now, Charge, Phone));
        story.Pass(TimeSpan.FromDays(1));
        story.Hear(Of(EventTypes.BoletoDue, story.Now, Charge, Phone));

        Assert.That(story.Requested, Has.Count.EqualTo(2));
    }

    [Test]
    public void An_order_may_see_a_declined_card_and_then_a_PIX()
    {
        var story = new Story(OneForEach);
        story.Hear(Of(EventTypes.PaymentFailed, story.Now, "order:1", "payment:card", Phone));
        story.Hear(Of(EventTypes.PixCreated, story.Now, "order:1", "payment:pix", Phone));

        Assert.That(story.Requested.Select(message => message.Template), Is.EqualTo(new[] { EventTypes.PaymentFailed, EventTypes.PixCreated }));
    }

    private static int Rank(string type) => Array.IndexOf(ByRank, type);

    /// <summary>All 120 orders of the five.</summary>
    private static IEnumerable<string> Orders() => Permute([], [.. ByRank]).Select(order => string.Join(' ', order));

    private static IEnumerable<List<string>> Permute(List<string> begun, List<string> rest) => rest.Count == 0
        ? [begun]
        : rest.SelectMany(next => Permute([.. begun, next], [.. rest.Where(other => other != next)]));
}
