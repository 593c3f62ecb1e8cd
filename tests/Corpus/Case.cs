namespace Recado.Tests.Corpus;

/// <summary>What a case is.</summary>
internal enum Kind
{
    /// <summary>It must never lead to a message.</summary>
    Bad,

    /// <summary>Strange, but acceptable: a message may go out, and then nothing of what is strange works in it.</summary>
    Odd,
}

/// <summary>One input.</summary>
/// <param name="Category">The generator that made it.</param>
/// <param name="Name">Tells it from the others of its category.</param>
/// <param name="Make">The request, about the person who is given to the case.</param>
internal sealed record Case(string Category, string Name, Kind Kind, Func<Person, RawRequest> Make)
{
    /// <summary>The one answer that is right; null where every documented one is.</summary>
    public (int Status, string Code)? Answer { get; init; }

    /// <summary>The strange value, for the check of what was sent; null where there is no single one.</summary>
    public string? Value { get; init; }

    /// <summary>True where a message must not show <see cref="Value"/>: a link or a code that is not fit to be sent.</summary>
    public bool IsHeldBack { get; init; }

    public override string ToString() => $"{Category}: {Name}";
}
