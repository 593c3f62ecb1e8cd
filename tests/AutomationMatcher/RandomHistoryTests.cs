using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using static Recado.Tests.AutomationMatcher.Happening;

namespace Recado.Tests.AutomationMatcher;

/// <summary>What holds in every life, however events, clock and news are mixed.</summary>
public sealed class RandomHistoryTests
{
    private const int Histories = 10_000;
    private static readonly string[] Things = ["cart:1", "cart:2", "cart:3", "order:1", "order:2"];

    private static readonly string[] Types =
    [
        EventTypes.CartAbandoned, EventTypes.CartAbandoned, EventTypes.PixCreated, EventTypes.PaymentApproved, EventTypes.OrderCreated, EventTypes.CustomerRegistered,
        EventTypes.OrderCancelled, EventTypes.PaymentFailed,
    ];

    private static readonly Automation[] Automations =
    [
        CartRecovery,
        CartRecovery with { Id = "cart-again", ReentryAfter = null, Steps = [new(TimeSpan.Zero, "at-once"), new(TimeSpan.FromHours(2), "after-2h")] },
        PixCode,
        PixCode with { Id = "pix-reminder", Class = MessageClasses.Reminder, Conditions = [], Steps = [new(TimeSpan.FromMinutes(30), "after-30m")] },
    ];

    [Test]
    public void Paid_means_silent_and_nothing_is_asked_for_twice([Range(0, 9)] int part)
    {
        var (messages, calledBack) = (0, 0);
        for (var seed = part * Histories / 10; seed < (part + 1) * Histories / 10; seed++)
        {
            var story = new Story(Automations);
            Live(story, new Random(seed), seed);
            messages += story.Requested.Count;
            calledBack += story.Cancelled.Count;
        }
        Assert.That((messages, calledBack), Is.GreaterThan((1000, 50)), "the histories are worth something");
    }

    private static void Live(Story story, Random random, int seed)
    {
        var purchases = new List<(DateTimeOffset At, IReadOnlyList<string> Keys)>();
        var seen = 0;
        for (var step = 0; step < 25; step++)
        {
            var chance = random.Next(10);
            if (chance < 5)
            {
                // What is decided with the purchase itself already has to be silent.
                var happened = RandomEvent(random, story.Now);
                if (happened.Type == EventTypes.PaymentApproved)
                    purchases.Add((Matching.EffectiveTime(happened, story.Now), happened.Keys));
                story.Hear(happened);
            }
            else if (chance < 8)
                story.Pass(TimeSpan.FromMinutes(random.Next(30 * 60)));
            else if (story.Requested.Count > 0)
                Tell(story, random);
            foreach (var message in story.Requested.Skip(seen))
                AssertSilent(message, story, purchases, seed);
            seen = story.Requested.Count;
        }
        AssertSound(story, seed);
    }

    private static CommerceEvent RandomEvent(Random random, DateTimeOffset now)
    {
        string[] keys = [.. Things.Where(_ => random.Next(4) == 0).Take(2), .. random.Next(3) > 0 ? new[] { Phone } : [], "email:ana@example.com"];
        return Of(Types[random.Next(Types.Length)], now, keys) with
        {
            OccurredAt = now.AddMinutes(random.Next(-60 * 60, 60)),
            Payment = new() { Method = random.Next(4) > 0 ? "pix" : "boleto" },
        };
    }

    private static void Tell(Story story, Random random)
    {
        string[] statuses = [MessageStatuses.Rendered, MessageStatuses.Sent, MessageStatuses.Delivered, MessageStatuses.Failed, MessageStatuses.Suppressed, MessageStatuses.Uncertain];
        string[] reasons = [Reasons.Expired, Reasons.MissingValue, Reasons.GatewayRejected, Reasons.Cancelled];
        story.News(story.Requested[random.Next(story.Requested.Count)], statuses[random.Next(statuses.Length)], reasons[random.Next(reasons.Length)]);
    }

    private static void AssertSilent(MessageRequested message, Story story, List<(DateTimeOffset At, IReadOnlyList<string> Keys)> purchases, int seed)
    {
        var journey = story.State.Journeys.Single(journey => journey.JourneyId == message.JourneyId);
        var bought = purchases.Where(purchase => message.Class == MessageClasses.Reminder
            ? purchase.At >= journey.BaseAt - Matching.PersonWindow
            : purchase.Keys.Intersect(journey.Things).Any());
        Assert.That(bought, Is.Empty, $"history {seed}: {message.Template} although it was paid");
    }

    private static void AssertSound(Story story, int seed)
    {
        Assert.That(story.Requested.Select(message => message.MessageId), Is.Unique, $"history {seed}");
        Assert.That(story.Cancelled, Is.SubsetOf(story.Requested.Select(message => message.MessageId)).And.Unique, $"history {seed}");
        foreach (var journey in story.State.Journeys)
        {
            Assert.That(journey.DueAt is not null, Is.EqualTo(journey.State == JourneyState.Waiting), $"history {seed}");
            if (journey.State is JourneyState.Stopped or JourneyState.Failed)
                Assert.That(journey.Reason, Is.Not.Null, $"history {seed}");
        }
    }
}
