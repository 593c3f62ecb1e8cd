namespace Recado.Tests.Torture.Traffic;

/// <summary>Something that a checkout, a partner, a shop or the gateway tells; each is told until it is accepted.</summary>
/// <param name="Name">Unique in the run.</param>
/// <param name="Source">As Recado names it; <c>ezapi</c> makes no commerce event.</param>
/// <param name="OccurredAt">Where the body says when it happened.</param>
/// <param name="IsPoison">Valid JSON that nobody understands: belongs into the quarantine.</param>
public sealed record Fact(Store Store, string Name, string Source, string Route, string? Authorization, string Body,
    DateTimeOffset? OccurredAt = null, bool IsPoison = false)
{
    /// <summary>Events of the Events API can share a request.</summary>
    public bool CanBeBatched => Source == "events";
}

/// <summary>How often a sender tells it.</summary>
public enum Telling
{
    Once,

    /// <summary>Over two connections at the same time.</summary>
    TwiceAtOnce,

    /// <summary>Again some seconds after it was accepted.</summary>
    AgainLater,
}

/// <summary>One step of a shopper: waits since the last was accepted, then tells.</summary>
public sealed record Step(TimeSpan After, Fact Fact, Telling Telling = Telling.Once);

/// <summary>A message that a shopper may see, by the fact that causes it.</summary>
/// <param name="Must">Nothing in this shopper's life stops it: it comes, or a failure says why not.</param>
/// <param name="Wait">Not before this has passed since the fact.</param>
public sealed record Expected(string Text, Fact Cause, bool Must, TimeSpan Wait = default);

/// <summary>One person in one store, what is told about them, and what they may see of it.</summary>
/// <param name="Phone">As the gateway is given it.</param>
public sealed record Shopper(Store Store, string Phone, IReadOnlyList<Step> Steps, IReadOnlyList<Expected> Messages);
