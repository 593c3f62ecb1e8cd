using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Journeys;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;

namespace Recado.Tests.AutomationMatcher;

/// <summary>One person's life, decided step by step by the pure functions; nothing is stored.</summary>
internal sealed class Story(params Automation[] automations)
{
    private readonly Dictionary<Guid, CommerceEvent> told = [];

    public DateTimeOffset Now { get; private set; } = Happening.Noon;

    public double TimeScale { get; init; } = 1;

    public ContactState State { get; private set; } = new(Guid.NewGuid(), null, [], []);

    public List<MessageRequested> Requested { get; } = [];

    public List<Guid> Cancelled { get; } = [];

    public List<TimelineEntry> Entries { get; } = [];

    public Journey Journey => State.Journeys.Single();

    /// <summary>What the timeline says, line by line.</summary>
    public string Told => string.Join(", ", Entries.Select(entry => entry.Reason is null ? entry.What : $"{entry.What} {entry.Reason}"));

    public Decision Hear(CommerceEvent happened)
    {
        told[happened.EventId] = happened;
        return Take(Matching.Decide(State, happened, automations, VersionOf, Pace, trace: null));
    }

    /// <summary>Lets time pass; every step comes at its time.</summary>
    public void Pass(TimeSpan by)
    {
        var until = Now + by;
        while (State.Journeys.Where(journey => journey.DueAt <= until).Min(journey => journey.DueAt) is { } due)
        {
            Now = due > Now ? due : Now;
            MoveDue();
        }
        Now = until;
    }

    /// <summary>Lets time pass while nobody looks; then all that is due comes at once.</summary>
    public void Sleep(TimeSpan by)
    {
        Now += by;
        MoveDue();
    }

    /// <summary>What is due at once after it, the clock asks for.</summary>
    public Decision News(MessageRequested message, string status, string? reason = null)
    {
        var decision = Take(Progress.OnMessage(State,
            new()
            {
                StatusId = DeterministicId.Of(message.MessageId.ToString(), status),
                MessageId = message.MessageId,
                StoreId = message.StoreId,
                JourneyId = message.JourneyId,
                EventId = message.Event.EventId,
                Status = status,
                Reason = reason,
                OccurredAt = Now,
            },
            VersionOf(State.Journeys.First(journey => journey.JourneyId == message.JourneyId)), Pace));
        MoveDue();
        return decision;
    }

    private Pace Pace => new(Now, TimeScale);

    private Automation VersionOf(Journey journey) => automations.Single(automation => automation.Id == journey.AutomationId);

    private void MoveDue()
    {
        foreach (var journey in State.Journeys.Where(journey => journey.DueAt <= Now).ToList())
            Take(Progress.OnDue(State, journey.JourneyId, VersionOf(journey), told[journey.EventId], Pace));
    }

    private Decision Take(Decision decision)
    {
        State = decision.State;
        Entries.AddRange(decision.Entries);
        Requested.AddRange(decision.Messages.Select(each => each.Message).OfType<MessageRequested>());
        Cancelled.AddRange(decision.Messages.Select(each => each.Message).OfType<MessageCancelled>().Select(cancelled => cancelled.MessageId));
        return decision;
    }
}
