using System.Text.Json;
using Recado.AutomationMatcher.Contacts;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Erasing;

namespace Recado.AutomationMatcher.Erasing;

/// <summary>
/// Forgets a person in one transaction: who it was, what their events said, to whom journeys were. What had not ended stops,
/// and the other services are told by ids. That events came, journeys ran and messages went out stays, as nobody's.
/// </summary>
internal sealed class ErasePerson(MatcherDatabase database, ContactStore contacts, TimeProvider time)
{
    /// <summary>Looks, and unless it is only to count, forgets. Who is not known, or no longer, is <see cref="Known.Nobody"/>.</summary>
    public Task<Known> EraseAsync(ErasureRequest request, CancellationToken cancellation) => database.Of(request.Store).InTransactionAsync(async transaction =>
    {
        var known = await FindAsync(request, transaction, cancellation);
        if (known.Contacts.Length > 0 && !request.OnlyCount)
            await ForgetAsync(request.Store, known, transaction, cancellation);
        return known;
    }, cancellation);

    private async Task<Known> FindAsync(ErasureRequest request, Transaction transaction, CancellationToken cancellation)
    {
        var people = await LockAsync(request, transaction, cancellation);
        if (people.Length == 0)
            return Known.Nobody;
        (string, object?)[] theirs = [("store", request.Store), ("ids", people)];
        var keys = transaction.Ask("select key from contact_keys where store_id = @store and contact_id = any(@ids)", row => row.GetString(0), theirs);
        var events = transaction.Ask("select event_id, webhook_id, type, source, occurred_at, received_at from events where store_id = @store and contact_id = any(@ids) order by event_id",
            row => new KnownEvent(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetTime(4), row.GetTime(5)), theirs);
        var journeys = transaction.Ask("select message_id, state from journeys where store_id = @store and contact_id = any(@ids)",
            row => (Message: row.GetOrNull<Guid>(0), State: row.GetString(1)), theirs);
        await transaction.AskAsync(cancellation);
        var told = await transaction.QueryAsync("select distinct message_id from timeline where store_id = @store and event_id = any(@events) and message_id is not null",
            row => row.GetGuid(0), cancellation, ("store", request.Store), ("events", events.Rows.Select(known => known.EventId).ToArray()));
        return new(people, keys.Rows, events.Rows, journeys.Rows.Count, journeys.Rows.Count(journey => journey.State is "waiting" or "no_phone" or "requested"),
            [.. told.Concat(journeys.Rows.Select(journey => journey.Message).OfType<Guid>()).Distinct().Order()]);
    }

    /// <summary>The contacts behind the keys, locked, and those that were merged into them: their events still bear the old id.</summary>
    private async Task<Guid[]> LockAsync(ErasureRequest request, Transaction transaction, CancellationToken cancellation)
    {
        var locked = await contacts.LockCurrentAsync(
            () => transaction.Ask("select distinct contact_id from contact_keys where store_id = @store and key = any(@keys)", row => row.GetGuid(0), ("store", request.Store), ("keys", request.Keys.ToArray())),
            ids => transaction.Ask("select contact_id from contacts where contact_id = any(@ids)", row => row.GetGuid(0), ("ids", ids)),
            transaction, cancellation);
        var all = new HashSet<Guid>(locked.Rows);
        for (var newest = locked.Rows; newest.Count > 0;)
        {
            var merged = await transaction.QueryAsync("select contact_id from contacts where store_id = @store and merged_into = any(@ids)",
                row => row.GetGuid(0), cancellation, ("store", request.Store), ("ids", newest.ToArray()));
            newest = merged.FindAll(all.Add);
        }
        return [.. all];
    }

    private async Task ForgetAsync(string store, Known known, Transaction transaction, CancellationToken cancellation)
    {
        var (erasure, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        await StopAsync(store, known, now, transaction, cancellation);
        (string, object?)[] theirs = [("ids", known.Contacts), ("store", store)];
        transaction.Write("update journeys set subject = '', things = '[]', people = '[]', recipient = null, updated_at = @now where store_id = @store and contact_id = any(@ids)", [.. theirs, ("now", now)]);
        transaction.Write("delete from markers where contact_id = any(@ids)", theirs);
        transaction.Write("delete from contact_keys where store_id = @store and contact_id = any(@ids)", theirs);
        transaction.Write("delete from contacts where store_id = @store and contact_id = any(@ids)", theirs);
        transaction.WriteEach("update events set body = @body where event_id = @id", known.Events,
            each => [("body", JsonSerializer.SerializeToUtf8Bytes(each.WithoutPerson(store), ContractsJson.Default.CommerceEvent)), ("id", each.EventId)]);
        TimelineStore.Add([.. known.Events.Select(each => (TimelineEntry.Erased(store, each.EventId, now), (string?)null))], transaction);
        transaction.Write("insert into erasures (erasure_id, store_id, erased_at, keys, events, journeys, messages) values (@id, @store, @now, @keys, @events, @journeys, @messages)",
            ("id", erasure), ("store", store), ("now", now), ("keys", known.Keys.Count), ("events", known.Events.Count), ("journeys", known.Journeys), ("messages", known.Messages.Count));
        ErasedMessages.Refuse<CommerceEvent>(database, known.Events.Select(each => each.EventId), now, transaction);
        await ErasedMessages.RemoveAsync([.. known.Events.Select(each => each.EventId), .. known.Messages], transaction, cancellation);
        foreach (var news in known.News(erasure, store, now))
            transaction.Publish(news, default);
    }

    /// <summary>What had not ended stops here; a message that was asked for is called back at once, also by a dispatcher that does not know of erasures yet.</summary>
    private static async Task StopAsync(string store, Known known, DateTimeOffset now, Transaction transaction, CancellationToken cancellation)
    {
        var requested = await transaction.QueryAsync(
            "select message_id from journeys where store_id = @store and contact_id = any(@ids) and state = 'requested' and message_id is not null",
            row => row.GetGuid(0), cancellation, ("store", store), ("ids", known.Contacts));
        foreach (var message in requested)
            transaction.Publish(new MessageCancelled { MessageId = message, StoreId = store, Reason = Reasons.Erased, CancelledAt = now }, default);
        transaction.Write(
            """
            update journeys set state = 'stopped', reason = @reason, due_at = null
            where store_id = @store and contact_id = any(@ids) and state in ('waiting', 'no_phone', 'requested')
            """, ("reason", Reasons.Erased), ("store", store), ("ids", known.Contacts));
    }
}
