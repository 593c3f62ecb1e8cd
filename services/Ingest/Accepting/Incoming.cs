using System.Diagnostics;

namespace Recado.Ingest.Accepting;

/// <summary>A webhook that has passed authentication and validation.</summary>
public sealed record Incoming(string StoreId, string Source, string? Channel, byte[] Body, IdempotencyKey Key,
    DateTimeOffset ReceivedAt, ActivityContext Trace);

/// <summary>What became of it.</summary>
/// <param name="WebhookId">The id of the fact: the same for every repeat.</param>
public readonly record struct Accepted(Guid WebhookId, Outcome Outcome);

/// <summary>The ways a stored webhook can be answered.</summary>
public enum Outcome
{
    /// <summary>Told for the first time.</summary>
    New,

    /// <summary>Told before.</summary>
    Repeat,

    /// <summary>The key belongs to another body and the sender chose the key.</summary>
    Conflict,
}
