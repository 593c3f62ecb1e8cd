using System.Text.Json;
using Microsoft.Extensions.Options;
using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Commerce;

/// <summary>Something happened in a shop: starts and stops journeys of the person it is about.</summary>
public sealed class MatchCommerceEvents(ContactStore contacts, JourneyStore journeys, AutomationBook book, DueJourneys clock,
    IOptions<MatcherOptions> options, TimeProvider time)
    : IHandle<CommerceEvent>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<CommerceEvent>> messages, Transaction transaction, CancellationToken cancellation)
    {
        // Stores in one order everywhere, so that two replicas never wait for each other crosswise.
        foreach (var store in messages.GroupBy(received => received.Message.StoreId).OrderBy(group => group.Key, StringComparer.Ordinal))
            await HandleStoreAsync(store.Key, [.. store], transaction, cancellation);
    }

    private async Task HandleStoreAsync(string store, List<Received<CommerceEvent>> events, Transaction transaction, CancellationToken cancellation)
    {
        transaction.ActFor(store);
        var (people, asked) = await contacts.LockAsync(store, [.. events.Select(received => PersonKeys.Of(received.Message))],
            ids => (States: journeys.Ask(ids, transaction), Phones: KnownPhones.Ask(store, events.Select(received => received.Message), transaction)),
            transaction, cancellation);
        var states = asked.States.ToStates();
        var phones = new KnownPhones(asked.Phones);
        var automations = book.Current;
        var pace = new Pace(time.GetUtcNow(), options.Value.TimeScale);

        var decisions = new List<Decision>();
        var purchases = new List<(CommerceEvent, IReadOnlyList<Journey>)>();
        Automation VersionOf(Journey journey) => automations.Version(store, journey.AutomationId, journey.AutomationVersion);
        foreach (var (received, contact) in events.Zip(people))
        {
            if (Recovery.Reminders(states[contact], received.Message, VersionOf, pace.Now) is { Count: > 0 } reminders)
                purchases.Add((received.Message, reminders));
            var decision = Matching.Decide(states[contact] with { Phone = phones.Meet(received.Message) }, received.Message, automations.Of(store),
                VersionOf, pace, received.Trace.ToTraceparent());
            states[contact] = decision.State;
            decisions.Add(decision with { TraceId = received.Trace.Id() });
            received.Span?.SetTag(SpanTags.Automation, SpanTags.Joined(decision.Entries.Select(entry => entry.AutomationId)))
                .SetTag(SpanTags.Reason, SpanTags.Joined(decision.Entries.Select(entry => entry.Reason)));
        }
        SaveEvents([.. events.Select(received => received.Message).Zip(people)], transaction);
        journeys.Save(decisions, transaction);
        phones.Save(store, transaction);
        if (decisions.Exists(decision => decision.Changed.Any(journey => journey.State == JourneyState.Waiting)))
            transaction.OnCommitted(clock.Wake);
        await RecoveredRevenue.CountAsync(store, purchases, transaction, cancellation);
    }

    private static void SaveEvents(List<(CommerceEvent Event, Guid Contact)> events, Transaction transaction) =>
        transaction.Write(
            """
            insert into events (event_id, store_id, webhook_id, contact_id, type, source, occurred_at, received_at, body)
            values (@id, @store, @webhook, @contact, @type, @source, @occurred_at, @received_at, @body) on conflict do nothing
            """,
            new Columns<(CommerceEvent Event, Guid Contact)>(events)
            {
                { "id", row => row.Event.EventId }, { "store", row => row.Event.StoreId }, { "webhook", row => row.Event.WebhookId },
                { "contact", row => row.Contact }, { "type", row => row.Event.Type }, { "source", row => row.Event.Source },
                { "occurred_at", row => row.Event.OccurredAt }, { "received_at", row => row.Event.ReceivedAt },
                { "body", row => JsonSerializer.SerializeToUtf8Bytes(row.Event, ContractsJson.Default.CommerceEvent) },
            });
}
