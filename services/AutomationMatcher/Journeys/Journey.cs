namespace Recado.AutomationMatcher.Journeys;

/// <summary>One run of one automation for one subject: the saga.</summary>
public sealed record Journey
{
    /// <summary>UUIDv5 of automation and event: an event starts an automation once.</summary>
    public required Guid JourneyId { get; init; }
    public required string StoreId { get; init; }
    public required Guid ContactId { get; init; }
    public required string AutomationId { get; init; }
    public required int AutomationVersion { get; init; }

    /// <summary>What it is about, <see cref="Contracts.CommerceEvent.Subject"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>Every thing its event named: carts, orders, payments.</summary>
    public required IReadOnlyList<string> Things { get; init; }

    /// <summary>Every identity of a person its event named, the phone apart: an event that shares one may bring the phone.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>The event that started it.</summary>
    public required Guid EventId { get; init; }
    public required JourneyState State { get; init; }

    /// <summary>Index of the step that is next, or under way while requested.</summary>
    public required int Step { get; init; }

    /// <summary>Waits count from here: the event's own time, or its arrival.</summary>
    public required DateTimeOffset BaseAt { get; init; }

    /// <summary>Only while waiting.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The message last asked for.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>Why it stopped or failed, <see cref="Contracts.Reasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>E.164; null until an event about the same person brings a phone.</summary>
    public string? Recipient { get; init; }

    /// <summary>The trace that its messages continue, W3C traceparent.</summary>
    public string? Trace { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True until it has ended.</summary>
    public bool Active => State is JourneyState.Waiting or JourneyState.NoPhone or JourneyState.Requested;
}

/// <summary>Waiting(due) → Requested → … → Completed | Stopped(reason) | Failed(reason).</summary>
public enum JourneyState
{
    Waiting,

    /// <summary>A step is due and nobody knows a phone; goes on when an event brings one.</summary>
    NoPhone,
    Requested,
    Completed,
    Stopped,
    Failed,
}

/// <summary>Something that happened to a person, remembered so that what comes late finds it.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Subject">The thing it happened to (<c>cart:…</c>), or empty for the person as a whole.</param>
/// <param name="At">When it last did, in effective time.</param>
public sealed record Marker(string Type, string Subject, DateTimeOffset At);

/// <summary>All that a decision about a person needs.</summary>
/// <param name="Phone">
/// E.164, for an event that has none of its own: a phone told together with its e-mail, document or customer id. Null where
/// several were. Never one that is known through an order or cart alone: whoever shares an order number may be somebody else.
/// </param>
/// <param name="Journeys">The active ones, and ended ones recent enough to matter for re-entry.</param>
public sealed record ContactState(Guid ContactId, string? Phone, IReadOnlyList<Journey> Journeys, IReadOnlyList<Marker> Markers);
