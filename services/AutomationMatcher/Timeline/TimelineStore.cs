using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Timeline;

/// <summary>Writes the timeline.</summary>
internal static class TimelineStore
{
    public static void Add(IReadOnlyCollection<TimelineEntry> entries, Transaction transaction) =>
        transaction.Write(
            """
            insert into timeline (entry_id, store_id, event_id, at, recorded_at, what, automation_id, message_id, reason, detail, gateway_message_id)
            values (@id, @store, @event, @at, @recorded_at, @what, @automation, @message, @reason, @detail, @gateway) on conflict do nothing
            """,
            new Columns<TimelineEntry>(entries)
            {
                { "id", entry => entry.EntryId }, { "store", entry => entry.StoreId }, { "event", entry => entry.EventId }, { "at", entry => entry.At },
                { "recorded_at", entry => entry.RecordedAt }, { "what", entry => entry.What }, { "automation", entry => entry.AutomationId },
                { "message", entry => entry.MessageId }, { "reason", entry => entry.Reason }, { "detail", entry => entry.Detail },
                { "gateway", entry => entry.GatewayMessageId },
            });
}
