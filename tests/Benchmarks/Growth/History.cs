using Npgsql;
using Recado.Tests.Benchmarks.Traffic;

namespace Recado.Tests.Benchmarks.Growth;

/// <summary>Writes the rows that events of the past left: finished, and as many in each table as the suite writes for one event.</summary>
public static class History
{
    /// <summary>Of one event, in all tables.</summary>
    public const int RowsPerEvent = 51;

    /// <summary>Events number <paramref name="from"/> + 1 to <paramref name="to"/>, spread over the last 17 hours.</summary>
    public static async Task AddAsync(NpgsqlDataSource database, int from, int to)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"{DateTimeOffset.UtcNow:HH:mm:ss} writing {(to - from) * RowsPerEvent} rows of history"));
        foreach (var statement in Statements)
        {
            await using var command = database.CreateCommand(statement.Replace("EVENTS", $"generate_series({from} + 1, {to}) i", StringComparison.Ordinal)
                .Replace("STORE", $"'{Shop.Id}'", StringComparison.Ordinal).Replace("PAST", "(now() - interval '1 hour' - (i % 57600) * interval '1 second')", StringComparison.Ordinal));
            command.CommandTimeout = 1800;
            await command.ExecuteNonQueryAsync();
        }
        // Freshly filled tables are vacuumed and known to the planner, as old ones are.
        await using var vacuum = database.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 1800;
        await vacuum.ExecuteNonQueryAsync();
        await using var checkpoint = database.CreateCommand("checkpoint");
        checkpoint.CommandTimeout = 1800;
        await checkpoint.ExecuteNonQueryAsync();
    }

    private static readonly string[] Statements =
    [
        "insert into ingest.idempotency_keys select md5('key' || i || '-' || k)::uuid, md5('key' || i || '-' || k)::uuid, md5('webhook' || i || '-' || k)::uuid, repeat('f', 64), now() + interval '300 days' from EVENTS, generate_series(1, 4) k",
        "insert into ingest.webhooks (webhook_id, store_id, source, received_at, body) select md5('webhook' || i || '-' || k)::uuid, STORE, 'ezapi', PAST, convert_to(repeat('x', 300), 'UTF8') from EVENTS, generate_series(1, 4) k",
        Outbox("ingest", 4, 480), Outbox("normalizer", 4, 410), Outbox("automation_matcher", 1, 1345), Outbox("template_renderer", 2, 480), Outbox("whatsapp_dispatcher", 3, 330),
        Inbox("normalizer", "webhook-received", 4), Inbox("automation_matcher", "message-status-changed", 5), Inbox("template_renderer", "message-requested", 1), Inbox("whatsapp_dispatcher", "gateway-receipt", 4),
        "insert into automation_matcher.contacts (contact_id, store_id) select md5('contact' || i)::uuid, STORE from EVENTS",
        "insert into automation_matcher.contact_keys (store_id, key, contact_id) select STORE, 'phone:history-' || i || '-' || k, md5('contact' || i)::uuid from EVENTS, generate_series(1, 3) k",
        "insert into automation_matcher.events select md5('event' || i)::uuid, STORE, md5('webhook' || i || '-1')::uuid, md5('contact' || i)::uuid, 'cart.abandoned', 'abandoned-cart', PAST, PAST, convert_to(repeat('x', 1015), 'UTF8') from EVENTS",
        """
        insert into automation_matcher.journeys (journey_id, store_id, contact_id, automation_id, automation_version, subject, things, people, event_id, state, step, base_at, message_id, recipient, started_at, updated_at)
        select md5('journey' || i)::uuid, STORE, md5('contact' || i)::uuid, 'cart', 1, 'cart:history-' || i, '["cart:history-' || i || '"]', '[]', md5('event' || i)::uuid,
            'completed', 1, PAST, md5('message' || i)::uuid, '+5511900000000', PAST, PAST from EVENTS
        """,
        "insert into automation_matcher.timeline (entry_id, store_id, event_id, at, recorded_at, what, automation_id, gateway_message_id) select md5('entry' || i || '-' || k)::uuid, STORE, md5('event' || i)::uuid, PAST, PAST, 'history', 'cart', case when k > 5 then 'H' || i end from EVENTS, generate_series(1, 8) k",
        """
        insert into whatsapp_dispatcher.messages (message_id, store_id, instance_id, journey_id, event_id, recipient, content, status, attempt, due_at, expires_at, gateway_message_id, fingerprint, armed_at, told_at, created_at, updated_at)
        select md5('message' || i)::uuid, STORE, 'INSTANCE_1', md5('journey' || i)::uuid, md5('event' || i)::uuid, '+5511900000000', repeat('x', 350), 'read', 0, PAST, PAST, 'H' || i, repeat('f', 64), PAST, PAST, PAST, PAST from EVENTS
        """,
    ];

    private static string Outbox(string schema, int messages, int bytes) =>
        $"insert into {schema}.outbox (id, message_id, wire_name, body, created_at, due_at, sent_at) select md5('outbox' || i || '-' || k)::uuid, md5('outbox message' || i || '-' || k)::uuid, 'recado.history', convert_to(repeat('x', {bytes}), 'UTF8'), PAST, PAST, PAST from EVENTS, generate_series(1, {messages}) k";

    private static string Inbox(string schema, string queue, int messages) =>
        $"insert into {schema}.inbox (queue, message_id, handled_at) select '{schema.Replace('_', '-')}.{queue}', md5('inbox' || i || '-' || k)::uuid, PAST from EVENTS, generate_series(1, {messages}) k";
}
