using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Timeline;

/// <summary>One line of what became of an event.</summary>
/// <param name="EntryId">UUIDv5 of what it says: said twice, it stands once.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="What">A stable code: <c>received, not_started, started, requested, rendered, sent, delivered, read, failed, suppressed, uncertain, stopped, step_expired, no_phone, completed, replied, quarantined, replayed, erased</c>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Detail">More about the reason, never personal data: an event type, a field, a template.</param>
public sealed record TimelineEntry(Guid EntryId, string StoreId, Guid EventId, DateTimeOffset At, DateTimeOffset RecordedAt, string What,
    string? AutomationId = null, Guid? MessageId = null, string? Reason = null, string? Detail = null, string? GatewayMessageId = null)
{
    /// <summary>All that <see cref="What"/> can be, in the order in which things happen.</summary>
    public static readonly string[] OrderOfLife =
    [
        "received", "quarantined", "replayed", "not_started", "started", "no_phone", "step_expired", "requested", "rendered", "stopped", "suppressed", "uncertain", "sent",
        "failed", "delivered", "read", "replied", "completed", "erased",
    ];

    public static TimelineEntry Received(CommerceEvent happened, DateTimeOffset now) =>
        new(Id(happened.EventId, "received"), happened.StoreId, happened.EventId, happened.ReceivedAt, now, "received", Detail: happened.Type);

    public static TimelineEntry NotStarted(CommerceEvent happened, string? automation, string reason, string? detail, DateTimeOffset now) =>
        new(Id(happened.EventId, "not_started", automation), happened.StoreId, happened.EventId, now, now, "not_started", automation, Reason: reason, Detail: detail);

    public static TimelineEntry Quarantined(WebhookQuarantined webhook, DateTimeOffset now) =>
        new(Id(webhook.WebhookId, "quarantined"), webhook.StoreId, webhook.WebhookId, webhook.ReceivedAt, now, "quarantined", Reason: webhook.Reason, Detail: webhook.Field);

    public static TimelineEntry Replayed(WebhookReplayed webhook, DateTimeOffset now) =>
        new(Id(webhook.WebhookId, "replayed"), webhook.StoreId, webhook.WebhookId, webhook.ReplayedAt, now, "replayed");

    public static TimelineEntry Started(Journey journey, DateTimeOffset now) => Of(journey, "started", now);

    public static TimelineEntry Completed(Journey journey, DateTimeOffset now) => Of(journey, "completed", now);

    /// <param name="problem">What was wrong with the phone that was given; null where none was.</param>
    public static TimelineEntry WaitsForPhone(Journey journey, string? problem, DateTimeOffset now) =>
        Of(journey, "no_phone", now) with { Reason = Reasons.NoPhone, Detail = problem };

    public static TimelineEntry Stopped(Journey journey, string cause, DateTimeOffset now) =>
        Of(journey, "stopped", now) with { Reason = Reasons.StoppedByEvent, Detail = cause };

    public static TimelineEntry StepExpired(Journey journey, SendStep step, DateTimeOffset now) =>
        Of(journey, "step_expired", now, step.Template) with { Reason = Reasons.StepExpired, Detail = step.Template };

    public static TimelineEntry Requested(Journey journey, MessageRequested message, DateTimeOffset now) =>
        Of(journey, "requested", now, message.MessageId.ToString()) with { MessageId = message.MessageId, Detail = message.Template };

    public static TimelineEntry Message(MessageStatusChanged changed, DateTimeOffset now) =>
        new(changed.StatusId, changed.StoreId, changed.EventId, changed.OccurredAt, now, changed.Status,
            MessageId: changed.MessageId, Reason: changed.Reason, Detail: changed.Detail, GatewayMessageId: changed.GatewayMessageId);

    /// <summary>The person whom the event was about asked to be forgotten.</summary>
    public static TimelineEntry Erased(string store, Guid eventId, DateTimeOffset now) =>
        new(Id(eventId, "erased"), store, eventId, now, now, "erased");

    public static TimelineEntry Replied(CustomerReplied reply, Guid eventId, Guid? message, DateTimeOffset now) =>
        new(reply.ReplyId, reply.StoreId, eventId, reply.OccurredAt, now, "replied", MessageId: message, Detail: reply.Kind);

    private static TimelineEntry Of(Journey journey, string what, DateTimeOffset now, string? distinct = null) =>
        new(Id(journey.JourneyId, what, distinct), journey.StoreId, journey.EventId, now, now, what, journey.AutomationId);

    private static Guid Id(Guid about, string what, string? distinct = null) => DeterministicId.Of("timeline", about.ToString(), what, distinct ?? "");
}
