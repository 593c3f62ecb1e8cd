using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;

namespace Recado.Tests.AutomationMatcher;

/// <summary>A purchase is recovered where a reminder went before it, and once.</summary>
public sealed class RecoveryTests
{
    private const string Cart = "cart:1";
    private Story _story = null!;

    [SetUp]
    public void Leave_a_cart()
    {
        _story = new(Happening.CartRecovery);
        _story.Hear(Happening.CartAbandoned(_story.Now, Cart, Happening.Phone));
    }

    [Test]
    public void A_purchase_after_a_reminder_may_be_owed_to_it()
    {
        Remind();

        Assert.That(Reminders(Paid(Cart, Happening.Phone)).Select(journey => journey.JourneyId), Is.EqualTo(new[] { _story.Journey.JourneyId }));
        Assert.That(Reminders(Paid(Happening.Phone)), Has.Count.EqualTo(1), "the person is enough");
    }

    [Test]
    public void Also_where_an_order_came_before_the_payment()
    {
        Remind();
        _story.Hear(Happening.Of(EventTypes.OrderCreated, _story.Now, Cart, Happening.Phone));

        Assert.That(Reminders(Paid(Cart, Happening.Phone)), Has.Count.EqualTo(1));
    }

    [Test]
    public void Not_before_there_was_a_reminder() => Assert.That(Reminders(Paid(Cart, Happening.Phone)), Is.Empty);

    [Test]
    public void Not_a_second_purchase()
    {
        Remind();
        _story.Hear(Paid("order:1", Happening.Phone));

        Assert.That(Reminders(Paid("order:2", Happening.Phone)), Is.Empty);
    }

    [Test]
    public void Not_the_same_payment_told_again()
    {
        Remind();
        _story.Hear(Paid("payment:1", Happening.Phone));

        Assert.That(Reminders(Paid("payment:1", Happening.Phone)), Is.Empty);
    }

    [Test]
    public void Not_after_a_week()
    {
        Remind();
        _story.Pass(Recovery.Window);

        Assert.That(Reminders(Paid(Cart, Happening.Phone)), Is.Empty);
    }

    [Test]
    public void Not_where_no_amount_is_told_or_nothing_was_bought()
    {
        Remind();

        Assert.That(Reminders(Paid(Cart, Happening.Phone) with { Value = null }), Is.Empty);
        Assert.That(Reminders(Paid(Cart, Happening.Phone) with { Value = new(0, "BRL") }), Is.Empty);
        Assert.That(Reminders(Paid(Cart, Happening.Phone) with { Type = EventTypes.OrderCreated }), Is.Empty);
    }

    [Test]
    public void Not_to_a_message_that_the_customer_waited_for()
    {
        Remind();

        Assert.That(Recovery.Reminders(_story.State, Paid(Cart, Happening.Phone), _ => Happening.CartRecovery with { Class = MessageClasses.Transactional }, _story.Now), Is.Empty);
    }

    private void Remind()
    {
        _story.Pass(TimeSpan.FromHours(1));
        _story.News(_story.Requested.Single(), MessageStatuses.Sent);
    }

    private CommerceEvent Paid(params string[] keys) => Happening.Purchase(_story.Now, keys) with { Value = new(19_990, "BRL") };

    private IReadOnlyList<Journey> Reminders(CommerceEvent purchase) => Recovery.Reminders(_story.State, purchase, _ => Happening.CartRecovery, _story.Now);
}
