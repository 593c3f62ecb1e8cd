using System.Text.Json.Serialization;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>What the emulator does with sends, from now on.</summary>
public sealed record Behaviour
{
    /// <summary>The callbacks after each accepted send, in order; at most 20.</summary>
    public required IReadOnlyList<Receipt> Receipts { get; init; }

    /// <summary>Whether each send also comes back as a <c>ReceivedCallback</c> with <c>fromMe: true</c>; an instance may overrule it.</summary>
    public bool Echo { get; init; }

    /// <summary>Where the chance of <see cref="FaultRule.Probability"/> starts: the same seed and sends give the same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>At most 100. Of the faults that change the answer the first that applies wins; those of callbacks add up.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    internal string? Problem()
    {
        if (Receipts.Count > 20)
            return "receipts must be at most 20";
        if (Faults.Count > 100)
            return "faults must be at most 100";
        return Receipts.Select(receipt => receipt is null ? "a receipt must be an object" : receipt.Problem())
            .Concat(Faults.Select(fault => fault is null ? "a fault must be an object" : fault.Problem()))
            .FirstOrDefault(problem => problem is not null);
    }

    internal Behaviour With(BehaviourUpdate update) => new()
    {
        Receipts = update.Receipts ?? Receipts,
        Echo = update.Echo ?? Echo,
        Seed = update.Seed ?? Seed,
        Faults = update.Faults ?? Faults,
    };
}

/// <summary>A change of the <see cref="Behaviour"/>: what is absent or null stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BehaviourUpdate(
    IReadOnlyList<Receipt>? Receipts = null, bool? Echo = null, int? Seed = null, IReadOnlyList<FaultRule>? Faults = null);
