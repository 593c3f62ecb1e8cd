using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Timeline;

/// <summary>Writes the timeline.</summary>
internal static class TimelineStore
{
    public static Task AddAsync(IReadOnlyCollection<TimelineEntry> entries, Transaction transaction, CancellationToken cancellation) =>
        transaction.ExecuteManyAsync(
            """
            insert into timeline (entry_id, store_id, event_id, at, recorded_at, what, automation_id, message_id, reason, detail, gateway_message_id)
            values (@id, @store, @event, @at, @recorded_at, @what, @automation, @message, @reason, @detail, @gateway) on conflict do nothing
            """,
            entries,
            entry =>
            [
                ("id", entry.EntryId), ("store", entry.StoreId), ("event", entry.EventId), ("at", entry.At), ("recorded_at", entry.RecordedAt), ("what", entry.What),
                ("automation", entry.AutomationId), ("message", entry.MessageId), ("reason", entry.Reason), ("detail", entry.Detail), ("gateway", entry.GatewayMessageId),
            ],
            cancellation);
}
