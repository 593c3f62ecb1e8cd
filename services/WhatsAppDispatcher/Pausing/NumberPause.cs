using Recado.Contracts;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.WhatsAppDispatcher.Pausing;

/// <summary>A gateway number rests, for what the gateway said is about the number and not about one message.</summary>
/// <param name="Reason">One of the constants here.</param>
/// <param name="NextProbeAt">When one message may try again.</param>
public sealed record NumberPause(string Reason, DateTimeOffset NextProbeAt)
{
    /// <summary>401 or 403: the token was revoked, or is wrong.</summary>
    public const string TokenRefused = "token_refused";

    /// <summary>Too much for now, with <c>Retry-After</c>.</summary>
    public const string AskedToWait = "asked_to_wait";

    /// <summary>What sends of one number say about it; null where they say nothing. A refused token weighs more than a full house. Pure.</summary>
    public static NumberPause? After(IEnumerable<SendOutcome> outcomes, TimeSpan probeEvery, DateTimeOffset now)
    {
        var about = outcomes.Where(outcome => outcome.NumberRests is not null).ToList();
        if (about.Count == 0)
            return null;
        var refused = about.Exists(outcome => outcome.Reason == Reasons.GatewayUnauthorized);
        var asked = about.Max(outcome => outcome.NumberRests!.Value);
        return refused ? new(TokenRefused, now + (asked > probeEvery ? asked : probeEvery)) : new(AskedToWait, now + asked);
    }

    /// <summary>Which pauses the end of a probe shows to be over: an accepted message any, another answer only that nobody asks to wait. Pure.</summary>
    public static string[] EndedBy(SendOutcome probe) => probe.Result switch
    {
        SendResult.Sent => [TokenRefused, AskedToWait],
        SendResult.NotSent => [],
        _ => [AskedToWait],
    };
}
