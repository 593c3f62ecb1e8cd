using Recado.Platform.Data;

namespace Recado.AutomationMatcher.Timeline;

/// <summary>Writes the timeline.</summary>
internal static class TimelineStore
{
    /// <summary>Each entry with the id of the trace in which it came about.</summary>
    public static void Add(IReadOnlyCollection<(TimelineEntry Entry, string? TraceId)> entries, Transaction transaction) =>
        transaction.Write(
            """
            insert into timeline (entry_id, store_id, event_id, at, recorded_at, what, automation_id, message_id, reason, detail, gateway_message_id, trace_id)
            values (@id, @store, @event, @at, @recorded_at, @what, @automation, @message, @reason, @detail, @gateway, @trace) on conflict do nothing
            """,
            new Columns<(TimelineEntry Entry, string? TraceId)>(entries)
            {
                { "id", row => row.Entry.EntryId }, { "store", row => row.Entry.StoreId }, { "event", row => row.Entry.EventId }, { "at", row => row.Entry.At },
                { "recorded_at", row => row.Entry.RecordedAt }, { "what", row => row.Entry.What }, { "automation", row => row.Entry.AutomationId },
                { "message", row => row.Entry.MessageId }, { "reason", row => row.Entry.Reason }, { "detail", row => row.Entry.Detail },
                { "gateway", row => row.Entry.GatewayMessageId }, { "trace", row => row.TraceId },
            });
}
