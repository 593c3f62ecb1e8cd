using System.Data.Common;
using System.Text.Json;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>Reads what a decision needs and saves what it changed, for many contacts at once.</summary>
public sealed class JourneyStore(TimeProvider time)
{
    private const string Columns =
        """
        journey_id, store_id, contact_id, automation_id, automation_version, subject, event_id, state, step,
        base_at, due_at, message_id, reason, recipient, trace, started_at, things, people
        """;

    // Ended journeys matter for re-entry only; no automation may ask for a longer pause than this.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(31);

#if FAULTS
    internal static readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, bool> SeenByThisProcess = new();
#endif

    /// <summary>What is known of contacts whose rows the transaction has locked, or locks before it answers.</summary>
    public StateAnswers Ask(Guid[] contacts, Transaction transaction) => new(
        contacts,
        transaction.Ask(
            $"""
            select {Columns} from journeys
            where contact_id = any(@ids) and (state in ('waiting', 'no_phone', 'requested') or started_at > @since)
            """, Map, ("ids", contacts), ("since", time.GetUtcNow() - Remembered)),
        transaction.Ask("select contact_id, type, subject, at from markers where contact_id = any(@ids)",
            row => (row.GetGuid(0), new Marker(row.GetString(1), row.GetString(2), row.GetTime(3))), ("ids", contacts)));

    /// <summary>The events by which those journeys of contacts were started that are due.</summary>
    public static Answer<CommerceEvent> AskEventsOfDue(Guid[] contacts, DateTimeOffset now, Transaction transaction) =>
        transaction.Ask(
            """
            select body from events
            where event_id in (select event_id from journeys where contact_id = any(@ids) and state = 'waiting' and due_at <= @now)
            """, EventOf, ("ids", contacts), ("now", now));

    /// <summary>Saves and publishes what was decided.</summary>
    public void Save(IReadOnlyCollection<Decision> decisions, Transaction transaction)
    {
        // A journey that several decisions of a batch changed is saved once, as the last one left it.
        var journeys = decisions.SelectMany(decision => decision.Changed).GroupBy(journey => journey.JourneyId).Select(group => group.Last()).ToList();
        SaveJourneys(journeys, transaction);
        MatcherMetrics.Count(decisions, journeys, transaction);
#if FAULTS
        foreach (var journey in journeys)
            SeenByThisProcess[journey.JourneyId] = true;
#endif
        SaveMarkers([.. decisions.SelectMany(decision => decision.Marked.Select(marker => (decision.State.ContactId, marker)))], transaction);
        TimelineStore.Add([.. decisions.SelectMany(decision => decision.Entries.Select(entry => (entry, decision.TraceId)))], transaction);
        foreach (var (message, trace) in decisions.SelectMany(decision => decision.Messages))
            transaction.Publish(message, Spans.FromTraceparent(trace));
    }

    private void SaveJourneys(List<Journey> journeys, Transaction transaction) =>
        transaction.Write(
            """
            insert into journeys (journey_id, store_id, contact_id, automation_id, automation_version, subject, things, people, event_id, state, step,
                base_at, due_at, message_id, reason, recipient, trace, started_at, updated_at)
            values (@id, @store, @contact, @automation, @version, @subject, @things, @people, @event, @state, @step,
                @base_at, @due_at, @message, @reason, @recipient, @trace, @started_at, @now)
            on conflict (journey_id) do update set state = excluded.state, step = excluded.step, due_at = excluded.due_at,
                message_id = excluded.message_id, reason = excluded.reason, recipient = excluded.recipient, updated_at = excluded.updated_at
            where journeys.store_id = excluded.store_id
            """,
            new Columns<Journey>(journeys)
            {
                { "id", journey => journey.JourneyId }, { "store", journey => journey.StoreId }, { "contact", journey => journey.ContactId },
                { "automation", journey => journey.AutomationId }, { "version", journey => journey.AutomationVersion },
                { "subject", journey => journey.Subject }, { "things", journey => JsonSerializer.Serialize(journey.Things) },
                { "people", journey => JsonSerializer.Serialize(journey.People) }, { "event", journey => journey.EventId },
                { "state", journey => NameOf(journey.State) }, { "step", journey => journey.Step }, { "base_at", journey => journey.BaseAt },
                { "due_at", journey => journey.DueAt }, { "message", journey => journey.MessageId }, { "reason", journey => journey.Reason },
                { "recipient", journey => journey.Recipient }, { "trace", journey => journey.Trace }, { "started_at", journey => journey.StartedAt },
                { "now", time.GetUtcNow() },
            });

    private static void SaveMarkers(List<(Guid Contact, Marker Marker)> markers, Transaction transaction) =>
        transaction.Write(
            """
            insert into markers (contact_id, type, subject, at) values (@contact, @type, @subject, @at)
            on conflict (contact_id, type, subject) do update set at = greatest(markers.at, excluded.at)
            """,
            new Columns<(Guid Contact, Marker Marker)>([.. markers.GroupBy(row => (row.Contact, row.Marker.Type, row.Marker.Subject)).Select(same => same.MaxBy(row => row.Marker.At))])
            {
                { "contact", row => row.Contact }, { "type", row => row.Marker.Type }, { "subject", row => row.Marker.Subject },
                { "at", row => row.Marker.At },
            });

    private static CommerceEvent EventOf(DbDataReader row) =>
        JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), ContractsJson.Default.CommerceEvent)!;

    private static Journey Map(DbDataReader row) => new()
    {
        JourneyId = row.GetGuid(0),
        StoreId = row.GetString(1),
        ContactId = row.GetGuid(2),
        AutomationId = row.GetString(3),
        AutomationVersion = row.GetInt32(4),
        Subject = row.GetString(5),
        EventId = row.GetGuid(6),
        State = StateOf(row.GetString(7)),
        Step = row.GetInt32(8),
        BaseAt = row.GetTime(9),
        DueAt = row.IsDBNull(10) ? null : row.GetTime(10),
        MessageId = row.GetOrNull<Guid>(11),
        Reason = row.GetStringOrNull(12),
        Recipient = row.GetStringOrNull(13),
        Trace = row.GetStringOrNull(14),
        StartedAt = row.GetTime(15),
        Things = JsonSerializer.Deserialize<string[]>(row.GetString(16))!,
        People = JsonSerializer.Deserialize<string[]>(row.GetString(17))!,
    };

    /// <summary>As it is stored.</summary>
    internal static string NameOf(JourneyState state) => state == JourneyState.NoPhone ? "no_phone" : state.ToString().ToLowerInvariant();

    private static JourneyState StateOf(string name) => name == "no_phone" ? JourneyState.NoPhone : Enum.Parse<JourneyState>(name, ignoreCase: true);
}

/// <summary>What was asked about contacts.</summary>
public sealed record StateAnswers(Guid[] Contacts, Answer<Journey> Journeys, Answer<(Guid Contact, Marker Marker)> Markers)
{
    /// <summary>The state of each, once it is answered.</summary>
    public Dictionary<Guid, ContactState> ToStates()
    {
        var journeysOf = Journeys.Rows.ToLookup(journey => journey.ContactId);
        var markersOf = Markers.Rows.ToLookup(row => row.Contact, row => row.Marker);
        return Contacts.ToDictionary(id => id, id => new ContactState(id, null, [.. journeysOf[id]], [.. markersOf[id]]));
    }
}
