namespace Recado.Contracts;

/// <summary>The closed catalogue of commerce events. Normalizer -> AutomationMatcher.</summary>
public static class EventTypes
{
    public const string CustomerRegistered = "customer.registered";
    public const string CartCreated = "cart.created";
    public const string CartAbandoned = "cart.abandoned";
    public const string OrderCreated = "order.created";
    public const string OrderCancelled = "order.cancelled";
    public const string PixCreated = "pix.created";
    public const string BoletoCreated = "boleto.created";
    public const string BoletoDue = "boleto.due";
    public const string PaymentPending = "payment.pending";
    public const string PaymentApproved = "payment.approved";
    public const string PaymentFailed = "payment.failed";
    public const string PaymentRefunded = "payment.refunded";
    public const string PaymentChargedback = "payment.chargedback";
    public const string ShipmentUpdated = "shipment.updated";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        CustomerRegistered, CartCreated, CartAbandoned, OrderCreated, OrderCancelled, PixCreated, BoletoCreated,
        BoletoDue, PaymentPending, PaymentApproved, PaymentFailed, PaymentRefunded, PaymentChargedback, ShipmentUpdated,
    ];
}

/// <summary>Something happened in a shop, told in one vocabulary whatever the source.</summary>
[WireName("recado.commerce-event")]
public sealed record CommerceEvent : IMessage
{
    private static readonly Links NoLinks = new();

    Guid IMessage.Id => EventId;

    /// <summary>UUIDv5 of the webhook and the type: the same webhook always gives the same event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The webhook that told it; the timeline is found by either id.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>The store.</summary>
    public required string StoreId { get; init; }

    /// <summary>One of <see cref="Sources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened by the source's clock, UTC; the arrival where the source gives no time.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When Recado accepted it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// What the event is about, the most specific of <see cref="Keys"/>: one automation runs once for one subject.
    /// For example <c>cart:CART_ABC123XYZ</c>, <c>payment:6812…</c>; <c>event:…</c> where nothing identifies it.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Every identity by which the event can be found again, each once: <c>cart:…</c>, <c>order:…</c>, <c>payment:…</c>,
    /// <c>checkout:…</c>, <c>phone:+55…</c>, <c>email:…</c> (lower case), <c>document:…</c> (digits), <c>customer:…</c>.
    /// Two events that share one belong to the same person.
    /// </summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Who it is about.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The shop's name as the event gave it; null means the store's own name.</summary>
    public string? ShopName { get; init; }

    /// <summary>The amount a person would name first: the cart's, order's or payment's total.</summary>
    public Money? Value { get; init; }

    public Cart? Cart { get; init; }
    public Order? Order { get; init; }

    /// <summary>The page the customer bought at, where the source tells it.</summary>
    public Checkout? Checkout { get; init; }
    public Payment? Payment { get; init; }
    public Shipment? Shipment { get; init; }
    public IReadOnlyList<Item> Items { get => field ?? []; init; }
    public Links Links { get => field ?? NoLinks; init; }
    public Attribution? Attribution { get; init; }
}

/// <summary>An amount in minor units.</summary>
/// <param name="Amount">Minor units of the currency: centavos for BRL, so R$ 199,90 is 19990.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public sealed record Money(long Amount, string Currency);

/// <summary>A person. Every part may be missing; an event without a phone waits for one.</summary>
public sealed record Customer
{
    /// <summary>As given, in NFC, without control and invisible characters, at most 60 graphemes.</summary>
    public string? Name { get; init; }

    /// <summary>E.164 with the plus sign, for example <c>+5511987654321</c>.</summary>
    public string? Phone { get; init; }

    /// <summary>
    /// Why what was given is no telephone number, for example <c>no_area_code</c>: one of the Normalizer's <c>PhoneReasons</c>.
    /// Null where there is a phone or none was given.
    /// </summary>
    public string? PhoneProblem { get; init; }

    /// <summary>Lower case.</summary>
    public string? Email { get; init; }

    /// <summary>CPF or CNPJ, digits only; null where the source masked it.</summary>
    public string? Document { get; init; }

    /// <summary>ISO 3166-1 alpha-2: as the source gave it, else that of the phone.</summary>
    public string? Country { get; init; }

    /// <summary>The source's own id of the person.</summary>
    public string? ExternalId { get; init; }
}

/// <summary>Where a message may send the customer. All https.</summary>
public sealed record Links
{
    /// <summary>Back into the cart as it was left, or to retry a payment.</summary>
    public string? Checkout { get; init; }

    /// <summary>After this <see cref="Checkout"/> leads nowhere, UTC; null where the source sets no end.</summary>
    public DateTimeOffset? CheckoutExpiresAt { get; init; }

    /// <summary>To pay: PIX page, boleto PDF.</summary>
    public string? Payment { get; init; }
    public string? Tracking { get; init; }
    public string? Order { get; init; }
}

/// <summary>What brought the customer.</summary>
public sealed record Attribution
{
    public string? Src { get; init; }
    public string? Source { get; init; }
    public string? Medium { get; init; }
    public string? Campaign { get; init; }
    public string? Content { get; init; }
    public string? Term { get; init; }
}
