namespace Recado.Contracts;

/// <summary>What the class of a message allows. AutomationMatcher -> TemplateRenderer -> WhatsAppDispatcher.</summary>
public static class MessageClasses
{
    /// <summary>Nice to have: carts, campaigns, reminders. Never sent twice.</summary>
    public const string Reminder = "reminder";

    /// <summary>The customer waits for it: PIX code, confirmation, tracking.</summary>
    public const string Transactional = "transactional";
}

/// <summary>A journey reached a step that sends.</summary>
[WireName("recado.message-requested")]
public sealed record MessageRequested : IMessage
{
    Guid IMessage.Id => MessageId;

    /// <summary>UUIDv5 of journey and step: a step asks for one message, however often it runs.</summary>
    public required Guid MessageId { get; init; }
    public required string StoreId { get; init; }
    public required Guid JourneyId { get; init; }
    public required string AutomationId { get; init; }

    /// <summary>Name of the template in the store.</summary>
    public required string Template { get; init; }

    /// <summary>E.164 with the plus sign.</summary>
    public required string Recipient { get; init; }

    /// <summary>One of <see cref="MessageClasses"/>.</summary>
    public required string Class { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>After this the message has lost its sense and is suppressed, UTC. The rendered message may end sooner, with its link or code.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The event that started the journey; its fields fill the template.</summary>
    public required CommerceEvent Event { get; init; }
}

/// <summary>A message is ready to be sent as it stands.</summary>
[WireName("recado.message-rendered")]
public sealed record MessageRendered : IMessage
{
    Guid IMessage.Id => MessageId;

    public required Guid MessageId { get; init; }
    public required string StoreId { get; init; }
    public required Guid JourneyId { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>E.164 with the plus sign.</summary>
    public required string Recipient { get; init; }

    /// <summary>One of <see cref="MessageClasses"/>.</summary>
    public required string Class { get; init; }
    public required DateTimeOffset RenderedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required MessageContent Content { get; init; }
}

/// <summary>How a message is sent; each is one route of the gateway.</summary>
public static class MessageKinds
{
    /// <summary><c>send-text</c>: <see cref="MessageContent.Text"/>.</summary>
    public const string Text = "text";

    /// <summary><c>send-image</c>: <see cref="MessageContent.MediaUrl"/>, the text as caption.</summary>
    public const string Image = "image";

    /// <summary><c>send-document/{extension}</c>: <see cref="MessageContent.MediaUrl"/>, <see cref="MessageContent.FileName"/>, the text as caption.</summary>
    public const string Document = "document";

    /// <summary><c>send-link</c>: <see cref="MessageContent.Link"/>; the text ends with its URL.</summary>
    public const string Link = "link";

    /// <summary><c>send-button-actions</c>: <see cref="MessageContent.Buttons"/>.</summary>
    public const string ButtonActions = "button-actions";

    /// <summary><c>send-button-otp</c>: <see cref="MessageContent.Code"/> behind a copy button; carries PIX codes.</summary>
    public const string ButtonOtp = "button-otp";
}

/// <summary>The finished content of a message.</summary>
public sealed record MessageContent
{
    /// <summary>One of <see cref="MessageKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The text, never empty.</summary>
    public required string Text { get; init; }
    public string? Title { get; init; }
    public string? Footer { get; init; }

    /// <summary>Image or document, https.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>For documents, with its extension.</summary>
    public string? FileName { get; init; }
    public LinkPreview? Link { get; init; }
    public IReadOnlyList<MessageButton> Buttons { get => field ?? []; init; }

    /// <summary>What the copy button copies.</summary>
    public string? Code { get; init; }

    /// <summary>Label of the copy button.</summary>
    public string? CodeLabel { get; init; }
}

/// <summary>The card under a link message.</summary>
public sealed record LinkPreview
{
    public required string Url { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? ImageUrl { get; init; }
}

/// <summary>A button under a message. REPLY is never mixed with URL and CALL: the gateway's web client rejects it.</summary>
public sealed record MessageButton
{
    /// <summary><c>URL</c>, <c>CALL</c> or <c>REPLY</c>.</summary>
    public required string Type { get; init; }
    public required string Label { get; init; }
    public string? Id { get; init; }
    public string? Url { get; init; }

    /// <summary>E.164 with the plus sign.</summary>
    public string? Phone { get; init; }
}

/// <summary>A journey stopped after it had asked for a message: whatever is not yet sent must not be. AutomationMatcher -> WhatsAppDispatcher.</summary>
[WireName("recado.message-cancelled")]
public sealed record MessageCancelled : IMessage
{
    Guid IMessage.Id => MessageId;

    public required Guid MessageId { get; init; }
    public required string StoreId { get; init; }

    /// <summary>One of <see cref="Reasons"/>.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset CancelledAt { get; init; }
}

/// <summary>The life of a message, in order. TemplateRenderer, WhatsAppDispatcher -> AutomationMatcher.</summary>
public static class MessageStatuses
{
    public const string Rendered = "rendered";
    public const string Sent = "sent";
    public const string Delivered = "delivered";
    public const string Read = "read";
    public const string Failed = "failed";
    public const string Suppressed = "suppressed";

    /// <summary>It may have been sent: no answer came. Never sent again blindly; settled by evidence.</summary>
    public const string Uncertain = "uncertain";
}

/// <summary>A message moved on.</summary>
[WireName("recado.message-status-changed")]
public sealed record MessageStatusChanged : IMessage
{
    Guid IMessage.Id => StatusId;

    /// <summary>UUIDv5 of message and status.</summary>
    public required Guid StatusId { get; init; }
    public required Guid MessageId { get; init; }
    public required string StoreId { get; init; }
    public required Guid JourneyId { get; init; }
    public required Guid EventId { get; init; }

    /// <summary>One of <see cref="MessageStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// Why, for failed, suppressed and uncertain; for rendered, why another template than the one asked for had to do
    /// because a value was held back. One of <see cref="Reasons"/>.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Which field or code, never its value; for rendered, which template.</summary>
    public string? Detail { get; init; }

    /// <summary>The gateway's id, from sent on.</summary>
    public string? GatewayMessageId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>The closed list of reasons for every send that did not happen.</summary>
public static class Reasons
{
    // Automation: nothing started
    public const string NoAutomation = "no_automation";
    public const string ConditionNotMet = "condition_not_met";
    public const string AlreadyStopped = "already_stopped";
    public const string AlreadyRunning = "already_running";
    public const string ReentryTooSoon = "reentry_too_soon";

    /// <summary>The payment is known to be further: a late "unpaid" after "paid".</summary>
    public const string Outdated = "outdated";

    /// <summary>The same status of the same payment was told before.</summary>
    public const string StatusUnchanged = "status_unchanged";

    // Automation: stopped on the way
    public const string StoppedByEvent = "stopped_by_event";
    public const string StepExpired = "step_expired";
    public const string NoPhone = "no_phone";

    /// <summary>The person asked to be forgotten.</summary>
    public const string Erased = "erased";

    // Rendering
    public const string UnknownTemplate = "unknown_template";
    public const string MissingValue = "missing_value";
    public const string InvalidValue = "invalid_value";

    /// <summary>A PIX code or boleto line with a problem. The detail names both: <c>pix.code checksum</c>.</summary>
    public const string CodeNotPayable = "code_not_payable";

    /// <summary>A link to a host that is not among the store's <c>linkHosts</c>.</summary>
    public const string LinkNotAllowed = "link_not_allowed";

    /// <summary>A link whose time is over.</summary>
    public const string LinkExpired = "link_expired";

    // Sending
    public const string NoGateway = "no_gateway";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";
    public const string GatewayRejected = "gateway_rejected";
    public const string GatewayUnauthorized = "gateway_unauthorized";
    public const string GatewayUnreachable = "gateway_unreachable";

    /// <summary>The gateway's host is at an address, scheme or port to which this Recado does not send. Nothing was sent.</summary>
    public const string GatewayNotAllowed = "gateway_not_allowed";

    public const string NoAnswer = "no_answer";
    public const string UnclearAnswer = "unclear_answer";
    public const string ProcessDied = "process_died";
    public const string DeliveryFailed = "delivery_failed";

    /// <summary>Recado itself could not handle the message: a defect, kept as a dead letter for people to see.</summary>
    public const string NotProcessed = "not_processed";
}
