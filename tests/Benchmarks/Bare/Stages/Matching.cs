using Recado.Tests.Benchmarks.Traffic;
using static Recado.Tests.Benchmarks.Bare.Statements;

namespace Recado.Tests.Benchmarks.Bare.Stages;

/// <summary>Writes the rows that an event and its journey leave in the suite, and asks for the message; nothing is decided.</summary>
public static class Matching
{
    private static readonly byte[] EventBody = [.. Enumerable.Repeat((byte)'x', Hop.CommerceEvent.Bytes)];

    // As many keys as a person is found by in the suite: two forms of the phone, and every other event an e-mail and a cart.
    private static IEnumerable<string> KeysOf(Slip slip) => slip.Id.GetHashCode() % 2 == 0
        ? [$"phone:{slip.Text}", $"phone:short:{slip.Text}", $"email:{slip.Text}@example.com", $"cart:{slip.Text}"]
        : [$"phone:{slip.Text}", $"phone:short:{slip.Text}"];

    public static Task HandleAsync(Stage stage, List<Slip> slips)
    {
        var keys = slips.SelectMany(slip => KeysOf(slip).Select(key => (Contact: slip.Event, Key: key, Phone: slip.Text))).ToList();
        return stage.HandleAsync(Hop.CommerceEvent, slips, statements =>
        {
            AddContacts(statements, slips, keys);
            AddEvents(statements, slips);
            AddJourneys(statements, slips);
            Timeline.Add(statements, [.. slips.SelectMany(slip => new TimelineRow[] { new(slip.Id, slip.Event, "received"), new(slip.Next(10), slip.Event, "started"), new(slip.Next(11), slip.Event, "requested") })]);
        }, slips.ConvertAll(slip => OutboxRow.Of(Hop.MessageRequested, slip with { Id = slip.Next(12) })));
    }

    private static void AddContacts(Statements statements, List<Slip> slips, List<(Guid Contact, string Key, string Phone)> keys)
    {
        var told = keys.FindAll(each => !each.Key.StartsWith("phone:", StringComparison.Ordinal));
        statements
            .Add("insert into automation_matcher.contacts (contact_id, store_id) select id, $2 from unnest($1::uuid[]) id on conflict do nothing",
                Rows(slips, slip => slip.Event), One(Shop.Id))
            .Add("""
                insert into automation_matcher.contact_keys (store_id, key, contact_id)
                select $3, key, id from unnest($1::uuid[], $2::text[]) row (id, key) on conflict do nothing
                """, Rows(keys, each => each.Contact), Rows(keys, each => each.Key), One(Shop.Id))
            .Add("""
                update automation_matcher.contact_keys set phone = row.phone from unnest($1::text[], $2::text[]) row (key, phone)
                where contact_keys.store_id = $3 and contact_keys.key = row.key
                """, Rows(told, each => each.Key), Rows(told, each => each.Phone), One(Shop.Id));
    }

    private static void AddEvents(Statements statements, List<Slip> slips) => statements.Add(
        """
        insert into automation_matcher.events (event_id, store_id, webhook_id, contact_id, type, source, occurred_at, received_at, body)
        select id, $3, webhook, webhook, 'cart.abandoned', 'bare', $4, $4, $5 from unnest($1::uuid[], $2::uuid[]) row (id, webhook) on conflict do nothing
        """, Rows(slips, slip => slip.Id), Rows(slips, slip => slip.Event), One(Shop.Id), Now, One(EventBody));

    // A step without a wait is asked for at once: one version of the row, as in the suite.
    private static void AddJourneys(Statements statements, List<Slip> slips) => statements
        .Add("""
            insert into automation_matcher.journeys (journey_id, store_id, contact_id, automation_id, automation_version, subject, things, people, event_id,
                state, step, base_at, message_id, recipient, started_at, updated_at)
            select event, $5, event, 'cart', 1, 'cart:' || phone, '["cart:' || phone || '"]', '["email:' || phone || '@example.com"]', id,
                'requested', 0, $6, message, phone, $6, $6
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) row (id, event, phone, message) on conflict do nothing
            """, Rows(slips, slip => slip.Id), Rows(slips, slip => slip.Event), Rows(slips, slip => slip.Text), Rows(slips, slip => slip.Next(12)), One(Shop.Id), Now);
}
