using Microsoft.Extensions.Options;
using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Journeys;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Messages;

/// <summary>A message moved on: writes it down, and lets its journey go on or end.</summary>
public sealed class FollowMessages(ContactStore contacts, JourneyStore journeys, AutomationBook book, DueJourneys clock, IOptions<MatcherOptions> options, TimeProvider time)
    : IHandle<MessageStatusChanged>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<MessageStatusChanged>> messages, Transaction transaction, CancellationToken cancellation)
    {
        // Stores in one order everywhere, so that two replicas never wait for each other crosswise.
        foreach (var store in messages.GroupBy(received => received.Message.StoreId).OrderBy(group => group.Key, StringComparer.Ordinal))
            await HandleStoreAsync(store.Key, [.. store], transaction, cancellation);
    }

    private async Task HandleStoreAsync(string store, List<Received<MessageStatusChanged>> news, Transaction transaction, CancellationToken cancellation)
    {
        transaction.ActFor(store);
        var changes = news.ConvertAll(received => received.Message);
        var pace = new Pace(time.GetUtcNow(), options.Value.TimeScale);
        var asked = await contacts.LockCurrentAsync(
            () => AskContacts(store, changes.Select(changed => changed.JourneyId), transaction),
            ids => journeys.Ask(ids, transaction), transaction, cancellation);
        var states = asked.ToStates();
        var byJourney = states.Values.SelectMany(state => state.Journeys).ToDictionary(journey => journey.JourneyId, journey => journey.ContactId);

        var decisions = new List<Decision>();
        var history = new List<(TimelineEntry, string?)>();
        foreach (var received in news)
        {
            var (changed, trace) = (received.Message, received.Trace.Id());
            if (!byJourney.TryGetValue(changed.JourneyId, out var contact))
            {
                history.Add((TimelineEntry.Message(changed, pace.Now), trace)); // news of a journey that ended long ago
                continue;
            }
            var journey = states[contact].Journeys.First(each => each.JourneyId == changed.JourneyId);
            var automation = book.Current.Version(journey.StoreId, journey.AutomationId, journey.AutomationVersion);
            var decision = Progress.OnMessage(states[contact], changed, automation, pace);
            states[contact] = decision.State;
            decisions.Add(decision with { TraceId = trace });
            received.Span?.SetTag(SpanTags.Automation, journey.AutomationId);
        }
        journeys.Save(decisions, transaction);
        TimelineStore.Add(history, transaction);
        if (decisions.Exists(decision => decision.Changed.Any(journey => journey.State == JourneyState.Waiting && journey.DueAt <= pace.Now)))
            transaction.OnCommitted(clock.Wake);
    }

    private static Answer<Guid> AskContacts(string store, IEnumerable<Guid> journeyIds, Transaction transaction) =>
        transaction.Ask("select distinct contact_id from journeys where store_id = @store and journey_id = any(@ids)",
            row => row.GetGuid(0), ("store", store), ("ids", journeyIds.Distinct().ToArray()));
}
