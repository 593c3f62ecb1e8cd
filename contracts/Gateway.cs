namespace Recado.Contracts;

/// <summary>How far WhatsApp got with a message; they only move forward. Normalizer -> WhatsAppDispatcher.</summary>
public static class ReceiptStatuses
{
    /// <summary>Handed to WhatsApp (<c>DeliveryCallback</c>, status <c>SENT</c>): not yet on the phone.</summary>
    public const string Sent = "sent";

    /// <summary>On the phone (status <c>RECEIVED</c>).</summary>
    public const string Delivered = "delivered";

    /// <summary>Status <c>READ</c> or <c>PLAYED</c>; never <c>READ_BY_ME</c>, which is the shop's own device.</summary>
    public const string Read = "read";

    /// <summary>Status <c>ERROR</c>.</summary>
    public const string Failed = "failed";
}

/// <summary>The gateway reported on one message; a callback with several ids becomes several receipts.</summary>
[WireName("recado.gateway-receipt")]
public sealed record GatewayReceipt : IMessage
{
    Guid IMessage.Id => ReceiptId;

    /// <summary>UUIDv5 of webhook and gateway message id.</summary>
    public required Guid ReceiptId { get; init; }
    public required string StoreId { get; init; }
    public required string InstanceId { get; init; }
    public required string GatewayMessageId { get; init; }

    /// <summary>One of <see cref="ReceiptStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>By the gateway's clock, UTC; the arrival where it gives no time (<c>DeliveryCallback</c>).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The gateway's error code, for failed.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The gateway's error text, for failed.</summary>
    public string? Error { get; init; }
}

/// <summary>A customer wrote to the shop in their own chat: not an echo of ours, a group, a channel or a broadcast. Normalizer -> AutomationMatcher.</summary>
[WireName("recado.customer-replied")]
public sealed record CustomerReplied : IMessage
{
    Guid IMessage.Id => ReplyId;

    /// <summary>UUIDv5 of webhook and gateway message id.</summary>
    public required Guid ReplyId { get; init; }
    public required string StoreId { get; init; }
    public required string InstanceId { get; init; }
    public required string GatewayMessageId { get; init; }

    /// <summary>E.164 with the plus sign; null when WhatsApp gave only a LID.</summary>
    public string? Phone { get; init; }

    /// <summary>WhatsApp's stable identity, <c>…@lid</c>.</summary>
    public string? Lid { get; init; }

    /// <summary>
    /// Which block the gateway sent: <c>text</c>, <c>image</c>, <c>buttonsResponseMessage</c>…; <c>call</c> for a missed call,
    /// <c>viewOnce</c> where WhatsApp keeps the content on the phone, <c>unknown</c> where the document knows no such block.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>What the customer wrote, the button's or list row's label, or the caption.</summary>
    public string? Text { get; init; }

    /// <summary>The gateway's id of the message that this one answers.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The whole of it, typed; null from a Normalizer older than this field.</summary>
    public ChatContent? Content { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>
/// A message of the shop's own came back (<c>fromMe</c>), sent from here or from its phone: evidence for sends whose answer
/// was lost. Only from a person's chat, and only where it has a text. Normalizer -> WhatsAppDispatcher.
/// </summary>
[WireName("recado.message-echoed")]
public sealed record MessageEchoed : IMessage
{
    Guid IMessage.Id => EchoId;

    /// <summary>UUIDv5 of webhook and gateway message id.</summary>
    public required Guid EchoId { get; init; }
    public required string StoreId { get; init; }
    public required string InstanceId { get; init; }
    public required string GatewayMessageId { get; init; }

    /// <summary>To whom it went, E.164 with the plus sign; null when WhatsApp gave only a LID.</summary>
    public string? Phone { get; init; }

    /// <summary>WhatsApp's stable identity of that person, <c>…@lid</c>.</summary>
    public string? Lid { get; init; }

    /// <summary>The text or caption as sent, without control characters other than line feeds.</summary>
    public required string Text { get; init; }

    /// <summary>By the gateway's clock, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>The shop's phone connected to or disconnected from WhatsApp. Normalizer -> WhatsAppDispatcher.</summary>
[WireName("recado.instance-status-changed")]
public sealed record InstanceStatusChanged : IMessage
{
    Guid IMessage.Id => ChangeId;

    /// <summary>The webhook's id.</summary>
    public required Guid ChangeId { get; init; }
    public required string StoreId { get; init; }
    public required string InstanceId { get; init; }
    public required bool Connected { get; init; }

    /// <summary>The gateway's words, for disconnected.</summary>
    public string? Error { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}
