using Recado.Contracts;

namespace Recado.Ingest.Accepting;

/// <summary>What makes two deliveries of a source the same fact.</summary>
/// <param name="Fields">The identity, by the source's own fields, within store, source and channel: two partners choose their ids alone.</param>
/// <param name="Window">For how long the same fields mean the same fact.</param>
/// <param name="OnOtherBody">What a repeat with other bytes is.</param>
/// <param name="Sliding">True when each repeat starts the window anew.</param>
public sealed record IdempotencyKey(string[] Fields, TimeSpan Window, OtherBody OnOtherBody, bool Sliding = false)
{
    /// <summary>Longer than any sender retries, any queue is replayed or any backup is restored.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromDays(400);

    /// <summary>True when the fields identify the fact for good, so that its id can be derived from them alone.</summary>
    public bool Permanent => Window >= Lasting;

    /// <summary>The key as it is stored; a hash, so no personal data stands in it.</summary>
    public Guid Hash(string store, string source, string? channel) => WebhookIds.KeyOf(store, source, channel, Fields);
}

/// <summary>What to do with a repeat whose bytes differ.</summary>
public enum OtherBody
{
    /// <summary>The key was derived from all that matters: still a repeat.</summary>
    IsRepeat,

    /// <summary>The sender cannot be told: keep it aside for people to see, start nothing.</summary>
    IsKeptAside,

    /// <summary>The sender chose the key: refuse with 409.</summary>
    IsRefused,
}
