using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>What an event does to a person's journeys. Pure: (state, event, now) → decision.</summary>
public static class Matching
{
    /// <summary>
    /// A purchase by the same person silences carts abandoned up to this long after it: checkouts report a cart as
    /// abandoned 30 minutes and more after the customer paid by another way. A cart of a later day is a new wish.
    /// </summary>
    public static readonly TimeSpan PersonWindow = TimeSpan.FromHours(48);

    /// <summary>Decides one event.</summary>
    /// <param name="active">The store's automations that start new journeys.</param>
    /// <param name="versionOf">The automation that a running journey is on.</param>
    /// <param name="trace">The trace that messages continue.</param>
    public static Decision Decide(ContactState contact, CommerceEvent happened, IReadOnlyList<Automation> active,
        Func<Journey, Automation> versionOf, Pace pace, string? trace)
    {
        var draft = new Draft(contact) { Phone = happened.Customer.Phone ?? contact.Phone };
        var at = EffectiveTime(happened, pace.Now);
        draft.Entries.Add(TimelineEntry.Received(happened, pace.Now));

        Stop(draft, happened, at, versionOf, pace);
        var outdated = PaymentRank.Obstacle(happened, draft.Markers);
        foreach (var key in PaymentRank.Marked(happened))
            draft.Mark(new(happened.Type, key, at));
        if (active.Any(automation => automation.StopOn.Contains(happened.Type)) || draft.Journeys.Any(journey => versionOf(journey).StopOn.Contains(happened.Type)))
            Mark(draft, happened, at);
        Reach(draft, happened, versionOf, pace);
        if (outdated.Reason is not null)
            draft.Entries.Add(TimelineEntry.NotStarted(happened, null, outdated.Reason, outdated.Detail, pace.Now));
        else
            Start(draft, happened, at, active, pace, trace);
        return draft.ToDecision();
    }

    /// <summary>The event's own time, unless that is more than a day old or in the future: then its arrival.</summary>
    public static DateTimeOffset EffectiveTime(CommerceEvent happened, DateTimeOffset now) =>
        happened.OccurredAt > now || happened.OccurredAt < happened.ReceivedAt.AddDays(-1) ? happened.ReceivedAt : happened.OccurredAt;

    private static void Stop(Draft draft, CommerceEvent happened, DateTimeOffset at, Func<Journey, Automation> versionOf, Pace pace)
    {
        foreach (var journey in draft.Journeys.Where(journey => journey.Active))
        {
            var automation = versionOf(journey);
            if (automation.StopOn.Contains(happened.Type)
                && (journey.Things.Any(Things(happened).Contains) || (Recovers(automation) && at >= journey.BaseAt - PersonWindow)))
                Progress.Stop(draft, journey, happened.Type, pace);
        }
    }

    /// <summary>The event brings the phone of a person whose journeys have none.</summary>
    private static void Reach(Draft draft, CommerceEvent happened, Func<Journey, Automation> versionOf, Pace pace)
    {
        if (happened.Customer.Phone is not { } phone)
            return;
        foreach (var journey in draft.Journeys.Where(journey => journey.Active && journey.Recipient is null && journey.People.Any(happened.Keys.Contains)))
        {
            var reached = journey with { Recipient = phone };
            if (journey.State == JourneyState.NoPhone)
                Progress.Advance(draft, reached, versionOf(journey), triggering: null, pace);
            else
                draft.Put(reached);
        }
    }

    private static void Mark(Draft draft, CommerceEvent happened, DateTimeOffset at)
    {
        draft.Mark(new(happened.Type, "", at));
        foreach (var thing in Things(happened))
            draft.Mark(new(happened.Type, thing, at));
    }

    private static void Start(Draft draft, CommerceEvent happened, DateTimeOffset at, IReadOnlyList<Automation> active, Pace pace, string? trace)
    {
        var candidates = active.Where(automation => automation.Trigger == happened.Type).ToList();
        var meeting = candidates.Where(automation => automation.Conditions.All(condition => Holds(condition, happened))).ToList();
        if (meeting.Count == 0)
            draft.Entries.Add(TimelineEntry.NotStarted(happened, null, candidates.Count == 0 ? Reasons.NoAutomation : Reasons.ConditionNotMet, null, pace.Now));
        foreach (var automation in meeting)
        {
            var (reason, detail) = Obstacle(draft, happened, at, automation);
            if (reason is not null)
                draft.Entries.Add(TimelineEntry.NotStarted(happened, automation.Id, reason, detail, pace.Now));
            else
                StartOne(draft, happened, at, automation, pace, trace);
        }
    }

    private static void StartOne(Draft draft, CommerceEvent happened, DateTimeOffset at, Automation automation, Pace pace, string? trace)
    {
        var journey = new Journey
        {
            JourneyId = DeterministicId.Of("journey", happened.StoreId, automation.Id, happened.EventId.ToString()),
            StoreId = happened.StoreId,
            ContactId = draft.ContactId,
            AutomationId = automation.Id,
            AutomationVersion = automation.Version,
            Subject = happened.Subject,
            Things = Things(happened),
            People = [.. happened.Keys.Where(PersonKeys.IsPerson)],
            EventId = happened.EventId,
            State = JourneyState.Waiting,
            Step = 0,
            BaseAt = at,
            DueAt = at,
            Recipient = draft.Phone,
            Trace = trace,
            StartedAt = pace.Now,
        };
        draft.Entries.Add(TimelineEntry.Started(journey, pace.Now));
        Progress.Advance(draft, journey, automation, happened, pace);
    }

    /// <summary>Why the automation does not start, if it does not.</summary>
    private static (string? Reason, string? Detail) Obstacle(Draft draft, CommerceEvent happened, DateTimeOffset at, Automation automation)
    {
        // A wish is as old as its event says, however late it is told: what was bought after it has fulfilled it.
        var wished = happened.OccurredAt < at ? happened.OccurredAt : at;
        // Of several the newest is named, whatever the order in which they were read.
        var marker = draft.Markers.OrderByDescending(marker => marker.At).ThenBy(marker => marker.Type, StringComparer.Ordinal)
            .FirstOrDefault(marker => automation.StopOn.Contains(marker.Type)
                && (marker.Subject.Length == 0
                    ? marker.Type == EventTypes.PaymentApproved && Recovers(automation) && marker.At >= wished - PersonWindow
                    : Things(happened).Contains(marker.Subject)));
        if (marker is not null)
            return (Reasons.AlreadyStopped, marker.Type);
        if (automation.ReentryAfter is not { } pause)
            return (null, null);
        var others = draft.Journeys.Where(journey => journey.AutomationId == automation.Id && journey.Subject == happened.Subject).ToList();
        if (others.Any(journey => journey.Active))
            return (Reasons.AlreadyRunning, null);
        return others.Any(journey => journey.StartedAt > happened.ReceivedAt - pause) ? (Reasons.ReentryTooSoon, null) : (null, null);
    }

    private static bool Holds(Condition condition, CommerceEvent happened) => condition.Field switch
    {
        "source" => condition.In.Contains(happened.Source),
        "payment.method" => happened.Payment?.Method is { } method && condition.In.Contains(method),
        _ => false,
    };

    /// <summary>
    /// A recovery message is about the person's wish to buy, which any purchase fulfils. A transactional one is about its
    /// own order or charge: who paid for one thing yesterday still needs the PIX code of another today.
    /// </summary>
    private static bool Recovers(Automation automation) => automation.Class == MessageClasses.Reminder;

    private static IReadOnlyList<string> Things(CommerceEvent happened) => [.. happened.Keys.Append(happened.Subject).Where(IsThing).Distinct()];

    /// <summary>Things are found again for ever; persons only within the window.</summary>
    private static bool IsThing(string key) =>
        !(key.StartsWith("phone:", StringComparison.Ordinal) || key.StartsWith("email:", StringComparison.Ordinal)
            || key.StartsWith("document:", StringComparison.Ordinal) || key.StartsWith("customer:", StringComparison.Ordinal));
}
