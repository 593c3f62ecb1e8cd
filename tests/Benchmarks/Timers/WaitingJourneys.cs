using System.Text.Json;
using Recado.Contracts;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Traffic;

namespace Recado.Tests.Benchmarks.Timers;

/// <summary>Writes journeys that wait straight into AutomationMatcher's tables.</summary>
public static class WaitingJourneys
{
    private static readonly Guid Placeholder = new("11111111-2222-4333-8444-555555555555");

    /// <summary>So many that are due in a month or later, each of a person of its own.</summary>
    public static async Task AddFarAsync(PartOfSuite part, int count)
    {
        await part.ExecuteAsync("insert into automation_matcher.contacts (contact_id, store_id) select md5('far contact' || i)::uuid, @store from generate_series(1, @count) i",
            ("store", Shop.Id), ("count", count));
        await part.ExecuteAsync(
            $"""
            insert into automation_matcher.journeys ({Columns})
            select md5('far journey' || i)::uuid, @store, md5('far contact' || i)::uuid, 'cart', 1, 'cart:far-' || i, '["cart:far-' || i || '"]', '[]', md5('far event' || i)::uuid,
                'waiting', 0, at, at, '+5511900000000', now(), now()
            from (select i, now() + interval '30 days' + i * interval '1 second' as at from generate_series(1, @count) i) far
            """, ("store", Shop.Id), ("count", count));
        await part.ExecuteAsync("vacuum analyze automation_matcher.journeys, automation_matcher.contacts");
    }

    /// <summary>Journeys that are due one after the other from a moment on, with the events that started them.</summary>
    /// <param name="name">Unique in the run; the subject of all of them.</param>
    public static async Task AddDueAsync(PartOfSuite part, string name, int count, int perSecond, DateTimeOffset start)
    {
        var body = JsonSerializer.Serialize(Event, ContractsJson.Default.CommerceEvent);
        await part.ExecuteAsync(
            """
            insert into automation_matcher.contacts (contact_id, store_id) select md5(@name || 'contact' || i)::uuid, @store from generate_series(1, @count) i;
            insert into automation_matcher.events (event_id, store_id, webhook_id, contact_id, type, source, occurred_at, received_at, body)
            select id, @store, id, md5(@name || 'contact' || i)::uuid, 'cart.abandoned', 'abandoned-cart', now(), now(), convert_to(replace(@body, @placeholder, id::text), 'UTF8')
            from (select i, md5(@name || 'event' || i)::uuid as id from generate_series(1, @count) i) due;
            """, ("name", name), ("store", Shop.Id), ("count", count), ("body", body), ("placeholder", Placeholder.ToString()));
        await part.ExecuteAsync(
            $"""
            insert into automation_matcher.journeys ({Columns})
            select md5(@name || 'journey' || i)::uuid, @store, md5(@name || 'contact' || i)::uuid, 'cart', 1, @name, '[]', '[]', md5(@name || 'event' || i)::uuid,
                'waiting', 0, at, at, '+5511987654321', now(), now()
            from (select i, @start + (i * interval '1 second' / @rate) as at from generate_series(1, @count) i) due
            """, ("name", name), ("store", Shop.Id), ("count", count), ("start", start.UtcDateTime), ("rate", perSecond));
    }

    private const string Columns =
        """
        journey_id, store_id, contact_id, automation_id, automation_version, subject, things, people, event_id,
        state, step, base_at, due_at, recipient, started_at, updated_at
        """;

    private static CommerceEvent Event => new()
    {
        EventId = Placeholder,
        WebhookId = Placeholder,
        StoreId = Shop.Id,
        Source = Sources.AbandonedCart,
        Type = EventTypes.CartAbandoned,
        OccurredAt = DateTimeOffset.UtcNow,
        ReceivedAt = DateTimeOffset.UtcNow,
        Subject = "cart:CART_ABC123XYZ",
        Keys = ["cart:CART_ABC123XYZ", "phone:+5511987654321", "email:joao.silva@example.com"],
        Customer = new() { Name = "João Silva", Phone = "+5511987654321", Email = "joao.silva@example.com" },
        Value = new(15000, "BRL"),
        Links = new() { Checkout = "https://checkout.seudominio.com/r/CART_ABC123XYZ" },
    };
}
