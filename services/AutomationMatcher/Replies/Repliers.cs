using Recado.Contracts;

namespace Recado.AutomationMatcher.Replies;

/// <summary>By which keys the people behind replies are found: the phone, and the LID only where there is no phone. Pure.</summary>
/// <param name="Keys">One per person, <c>phone:…</c> or <c>lid:…</c>.</param>
/// <param name="Lids">Each <c>lid:…</c> that came with a phone, and the first such <c>phone:…</c>.</param>
internal sealed record Repliers(IReadOnlyList<string> Keys, IReadOnlyDictionary<string, string> Lids)
{
    public static Repliers Of(IReadOnlyList<CustomerReplied> replies)
    {
        var lids = new Dictionary<string, string>();
        foreach (var reply in replies)
            if (reply is { Phone: not null, Lid: not null })
                lids.TryAdd($"lid:{reply.Lid}", $"phone:{reply.Phone}");
        var keys = replies.Select(reply => reply.Phone is { } phone ? $"phone:{phone}" : reply.Lid is { } lid ? lids.GetValueOrDefault($"lid:{lid}", $"lid:{lid}") : null);
        return new([.. keys.OfType<string>().Distinct()], lids);
    }
}
