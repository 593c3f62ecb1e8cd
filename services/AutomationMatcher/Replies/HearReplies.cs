using Microsoft.Extensions.Options;
using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Journeys;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Replies;

/// <summary>A customer wrote: the timeline of the message they answered says so, and automations that ask for it stop.</summary>
public sealed class HearReplies(ContactStore contacts, JourneyStore journeys, AutomationBook book, IOptions<MatcherOptions> options, TimeProvider time)
    : IHandle<CustomerReplied>
{
    /// <inheritdoc/>
    public async Task HandleAsync(IReadOnlyList<Received<CustomerReplied>> messages, Transaction transaction, CancellationToken cancellation)
    {
        foreach (var store in messages.GroupBy(received => received.Message.StoreId).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            transaction.ActFor(store.Key);
            await StopJourneysAsync(store.Key, [.. store], transaction, cancellation);
            foreach (var received in store.Where(received => received.Message.InReplyTo is not null))
                await NoteAsync(received.Message, received.Trace.Id(), transaction, cancellation);
        }
    }

    private async Task StopJourneysAsync(string store, List<Received<CustomerReplied>> replies, Transaction transaction, CancellationToken cancellation)
    {
        var people = Repliers.Of([.. replies.Select(received => received.Message)]);
        var known = await transaction.QueryAsync("select key from contact_keys where store_id = @store and key = any(@keys)",
            row => row.GetString(0), cancellation, ("store", store), ("keys", people.Keys.ToArray()));
        // Of strangers only those are remembered who may come back by their LID alone.
        var keys = people.Keys.Where(key => known.Contains(key) || people.Lids.Values.Contains(key)).ToList();
        if (keys.Count == 0)
            return;
        var (_, asked) = await contacts.LockAsync(store, [.. keys.Select(key => new[] { key })], ids => journeys.Ask(ids, transaction), transaction, cancellation);
        RememberLids(store, people, transaction);
        var states = asked.ToStates();
        var pace = new Pace(time.GetUtcNow(), options.Value.TimeScale);
        var decisions = states.Values.Select(state => Stopping.OnReply(state,
            journey => book.Current.Version(store, journey.AutomationId, journey.AutomationVersion), pace)).ToList();
        var trace = replies is [var only] ? only.Trace.Id() : null; // of several nobody knows which one it was
        journeys.Save([.. decisions.Select(decision => decision with { TraceId = trace })], transaction);
    }

    /// <summary>The contacts are locked. A LID stays with the first one: it finds people and never makes two of them one.</summary>
    private static void RememberLids(string store, Repliers people, Transaction transaction) =>
        transaction.WriteEach(
            """
            insert into contact_keys (store_id, key, contact_id)
            select store_id, @lid, contact_id from contact_keys where store_id = @store and key = @phone on conflict do nothing
            """,
            [.. people.Lids.OrderBy(pair => pair.Key, StringComparer.Ordinal)],
            pair => [("lid", pair.Key), ("store", store), ("phone", pair.Value)]);

    private async Task NoteAsync(CustomerReplied reply, string? trace, Transaction transaction, CancellationToken cancellation)
    {
        var answered = await transaction.QueryAsync(
            "select event_id, message_id from timeline where store_id = @store and gateway_message_id = @id limit 1",
            row => (Event: row.GetGuid(0), Message: row.GetOrNull<Guid>(1)), cancellation, ("store", reply.StoreId), ("id", reply.InReplyTo));
        TimelineStore.Add([.. answered.Select(row => (TimelineEntry.Replied(reply, row.Event, row.Message, time.GetUtcNow()), trace))], transaction);
    }
}

/// <summary>What a reply does to a person's journeys. Pure.</summary>
internal static class Stopping
{
    public static Decision OnReply(ContactState contact, Func<Journey, Automation> versionOf, Pace pace)
    {
        var draft = new Draft(contact);
        foreach (var journey in draft.Journeys.Where(journey => journey.Active && versionOf(journey).StopOn.Contains(AutomationDefinition.ReplyStops)))
            Progress.Stop(draft, journey, AutomationDefinition.ReplyStops, pace);
        return draft.ToDecision();
    }
}
