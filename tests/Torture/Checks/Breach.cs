namespace Recado.Tests.Torture.Checks;

/// <summary>What can be broken.</summary>
public enum BreachKind
{
    /// <summary>Accepted, and neither a message nor a reason for none.</summary>
    Lost,

    /// <summary>More than one effect of one cause.</summary>
    Doubled,

    /// <summary>More doubts than the faults explain, or one that could have been settled.</summary>
    Uncertain,

    /// <summary>Something waits that nothing will move any more.</summary>
    Stuck,

    /// <summary>One store's doings at the other's.</summary>
    CrossStore,

    /// <summary>A reminder later than its time, by more than the faults explain.</summary>
    Late,

    /// <summary>A message before its time, or a reminder after the purchase was known.</summary>
    Early,

    /// <summary>A process ended by itself.</summary>
    Fallen,

    /// <summary>A crash point at which nothing died in time.</summary>
    Unreached,
}

/// <summary>A guarantee that did not hold.</summary>
/// <param name="What">One sentence, with ids.</param>
/// <param name="Story">The timeline, where there is one.</param>
public sealed record Breach(BreachKind Kind, string What, string Story = "");
