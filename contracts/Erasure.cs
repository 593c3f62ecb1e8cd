namespace Recado.Contracts;

/// <summary>
/// A person asked to be forgotten: whoever keeps something that came with these forgets whom it was about. It holds ids and
/// nothing personal. A person who comes again later is a new one. AutomationMatcher, Ingest -> all.
/// </summary>
[WireName("recado.person-erased")]
public sealed record PersonErased : IMessage
{
    Guid IMessage.Id => ErasureId;

    /// <summary>UUIDv5 of the erasure and the part of it: one with thousands of ids is told in several.</summary>
    public required Guid ErasureId { get; init; }

    /// <summary>The store that the person asked.</summary>
    public required string StoreId { get; init; }

    /// <summary>Webhooks that told of the person.</summary>
    public required IReadOnlyList<Guid> WebhookIds { get; init; }

    /// <summary>Events that were about the person.</summary>
    public required IReadOnlyList<Guid> EventIds { get; init; }

    /// <summary>Messages to the person, sent or not.</summary>
    public required IReadOnlyList<Guid> MessageIds { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset ErasedAt { get; init; }
}
