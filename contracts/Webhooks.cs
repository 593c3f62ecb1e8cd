namespace Recado.Contracts;

/// <summary>Where a webhook came from. Ingest -> Normalizer.</summary>
public static class Sources
{
    /// <summary>Payments of Wiapy (wiapy-webhook.txt). Amounts in centavos.</summary>
    public const string Wiapy = "wiapy";

    /// <summary>Abandoned carts and sales of the checkout (abandoned-cart-webhook.txt). Amounts in centavos.</summary>
    public const string AbandonedCart = "abandoned-cart";

    /// <summary>Events of integrated partners (partner-events.txt). Amounts in decimal reais.</summary>
    public const string Partner = "partner";

    /// <summary>Recado's own Events API (events-api.txt). Amounts in minor units or decimals, told apart by field.</summary>
    public const string Events = "events";

    /// <summary>Callbacks of the WhatsApp gateway (ezapi-webhooks.txt).</summary>
    public const string EzApi = "ezapi";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Wiapy, AbandonedCart, Partner, Events, EzApi];
}

/// <summary>How the id of a webhook follows from what its sender says.</summary>
public static class WebhookIds
{
    /// <summary>The idempotency key of a fact: the source's own identity fields, within store, source and channel.</summary>
    public static Guid KeyOf(string store, string source, string? channel, params ReadOnlySpan<string> fields) =>
        DeterministicId.Of(["v1", store, source, channel ?? "", .. fields]);

    /// <summary>The id of a webhook whose key means the same fact for good.</summary>
    public static Guid Lasting(Guid key) => DeterministicId.Of(key.ToString());

    /// <summary>The id of an event of the Events API, from the <c>id</c> that its sender gave it.</summary>
    public static Guid OfEvent(string store, string? channel, string externalId) => Lasting(KeyOf(store, Sources.Events, channel, EventFields(externalId)));

    /// <summary>What identifies an event of the Events API.</summary>
    public static string[] EventFields(string externalId) => ["event", externalId];
}

/// <summary>A webhook was accepted and is durable. Its bytes are exactly those that arrived.</summary>
[WireName("recado.webhook-received")]
public sealed record WebhookReceived : IMessage
{
    Guid IMessage.Id => WebhookId;

    /// <summary>UUIDv5 of store, source and idempotency key; this is the id the sender was given.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>The store whose credential the sender showed.</summary>
    public required string StoreId { get; init; }

    /// <summary>One of <see cref="Sources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The partner's identifier for <see cref="Sources.Partner"/>, the gateway instance for <see cref="Sources.EzApi"/>.</summary>
    public string? Channel { get; init; }

    /// <summary>When Ingest had read the body, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The raw body, well-formed JSON in UTF-8.</summary>
    public required byte[] Body { get; init; }

    /// <summary>
    /// Set when the sender reused an idempotency key with another body: the webhook that holds the key.
    /// Such a webhook is kept for people to look at and never starts anything.
    /// </summary>
    public Guid? ConflictsWith { get; init; }
}

/// <summary>A webhook was well-formed but could not be understood. It is kept with its reason and can be replayed. Normalizer -> AutomationMatcher.</summary>
[WireName("recado.webhook-quarantined")]
public sealed record WebhookQuarantined : IMessage
{
    Guid IMessage.Id => WebhookId;

    /// <summary>The webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>The store.</summary>
    public required string StoreId { get; init; }

    /// <summary>One of <see cref="Sources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>A stable code, for example <c>unknown_status</c> or <c>missing_field</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The field it is about, never its value, for example <c>payment.status</c>.</summary>
    public string? Field { get; init; }

    /// <summary>When the webhook had arrived, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>A quarantined webhook was tried again and understood; what it says goes its usual way. Normalizer -> AutomationMatcher.</summary>
[WireName("recado.webhook-replayed")]
public sealed record WebhookReplayed : IMessage
{
    Guid IMessage.Id => WebhookId;

    /// <summary>The webhook. It is understood once, so this is told once.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>The store.</summary>
    public required string StoreId { get; init; }

    /// <summary>When it was understood, UTC.</summary>
    public required DateTimeOffset ReplayedAt { get; init; }
}
