using System.Diagnostics;
using Recado.Contracts;

namespace Recado.Platform.Telemetry;

/// <summary>Attributes of Recado's own on spans: ids, types and codes, never a name, a number, an address or a text.</summary>
public static class SpanTags
{
    /// <summary>The store's id.</summary>
    public const string Store = "recado.store";

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public const string EventType = "recado.event.type";

    /// <summary>Id of the automation; several are separated by commas.</summary>
    public const string Automation = "recado.automation";

    /// <summary>Id of the message to the customer. That of a message on the bus is <c>messaging.message.id</c>.</summary>
    public const string MessageId = "recado.message.id";

    /// <summary>One of <see cref="MessageStatuses"/>, or of <see cref="ReceiptStatuses"/>.</summary>
    public const string Status = "recado.status";

    /// <summary>Why not: one of <see cref="Reasons"/>, or of the quarantine's; several are separated by commas.</summary>
    public const string Reason = "recado.reason";

    /// <summary>What came of a send: <c>sent</c>, <c>rejected</c>, <c>notsent</c>, <c>uncertain</c> or <c>suppressed</c>.</summary>
    public const string Outcome = "recado.outcome";

    /// <summary>One of <see cref="MessageKinds"/>.</summary>
    public const string Kind = "recado.kind";

    /// <summary>Milliseconds from when a step was due until it was taken.</summary>
    public const string Late = "recado.late_ms";

    /// <summary>Several codes as one attribute, each once; null for none.</summary>
    public static string? Joined(IEnumerable<string?> codes) => string.Join(',', codes.OfType<string>().Distinct()) is { Length: > 0 } joined ? joined : null;

    /// <summary>What a message on the bus tells about itself.</summary>
    internal static void Describe(this Activity span, IMessage message)
    {
        (string? Store, string? EventType, string? Automation, Guid? Message, string? Status, string? Reason) told = message switch
        {
            WebhookReceived webhook => (webhook.StoreId, null, null, null, null, null),
            WebhookQuarantined webhook => (webhook.StoreId, null, null, null, null, webhook.Reason),
            WebhookReplayed webhook => (webhook.StoreId, null, null, null, null, null),
            CommerceEvent happened => (happened.StoreId, happened.Type, null, null, null, null),
            MessageRequested asked => (asked.StoreId, asked.Event.Type, asked.AutomationId, asked.MessageId, null, null),
            MessageRendered rendered => (rendered.StoreId, null, null, rendered.MessageId, null, null),
            MessageCancelled cancelled => (cancelled.StoreId, null, null, cancelled.MessageId, null, cancelled.Reason),
            MessageStatusChanged changed => (changed.StoreId, null, null, changed.MessageId, changed.Status, changed.Reason),
            GatewayReceipt receipt => (receipt.StoreId, null, null, null, receipt.Status, null),
            CustomerReplied reply => (reply.StoreId, null, null, null, null, null),
            MessageEchoed echo => (echo.StoreId, null, null, null, null, null),
            InstanceStatusChanged instance => (instance.StoreId, null, null, null, null, null),
            PersonErased erased => (erased.StoreId, null, null, null, null, null),
            _ => default,
        };
        span.SetTag(Store, told.Store).SetTag(EventType, told.EventType).SetTag(Automation, told.Automation)
            .SetTag(MessageId, told.Message?.ToString()).SetTag(Status, told.Status).SetTag(Reason, told.Reason);
    }
}
