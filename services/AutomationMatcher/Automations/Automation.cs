namespace Recado.AutomationMatcher.Automations;

/// <summary>What to do when something happens in a shop. Data: edited without a deploy.</summary>
public sealed record Automation
{
    /// <summary>Name within the store, kebab-case.</summary>
    public required string Id { get; init; }

    /// <summary>Counts up whenever the definition changes; running journeys stay on theirs.</summary>
    public required int Version { get; init; }

    /// <summary>The event type that starts it, <see cref="Contracts.EventTypes"/>.</summary>
    public required string Trigger { get; init; }

    /// <summary>All must hold.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>One of <see cref="Contracts.MessageClasses"/>.</summary>
    public required string Class { get; init; }

    /// <summary>What is sent, and when.</summary>
    public required IReadOnlyList<SendStep> Steps { get; init; }

    /// <summary>Event types that end a running journey, and, as markers, keep one from starting.</summary>
    public required IReadOnlyList<string> StopOn { get; init; }

    /// <summary>
    /// The same subject starts no second journey while one runs, nor for this long after its start. Null: every event
    /// starts one (each update of a parcel is news).
    /// </summary>
    public required TimeSpan? ReentryAfter { get; init; }

    /// <summary>How late a message may be before it has lost its sense.</summary>
    public required TimeSpan ExpireAfter { get; init; }
}

/// <summary>A condition on the event.</summary>
/// <param name="Field"><c>source</c> or <c>payment.method</c>.</param>
/// <param name="In">The values that it may have.</param>
public sealed record Condition(string Field, IReadOnlyList<string> In);

/// <summary>A message of a journey.</summary>
/// <param name="After">Time since the journey's base: the sum of all waits before it.</param>
/// <param name="Template">Name of the template.</param>
public sealed record SendStep(TimeSpan After, string Template);
