using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Checks;

public sealed record StoredWebhook(Guid WebhookId, string Store, string Source);

public sealed record StoredEvent(Guid EventId, string Store, Guid WebhookId, string Type, string ContactStore);

public sealed record StoredJourney(Guid JourneyId, string Store, string ContactStore, Guid EventId, string Automation, string State, DateTimeOffset BaseAt, string? Recipient);

public sealed record TimelineRow(string Store, Guid EventId, DateTimeOffset At, DateTimeOffset RecordedAt, string What, string? Automation, Guid? MessageId, string? Reason, string? Detail)
{
    public override string ToString() => $"{At:HH:mm:ss.fff} {What}{(Automation is null ? "" : " " + Automation)}{(Reason is null ? "" : " because " + Reason)}{(Detail is null ? "" : $" ({Detail})")}";
}

/// <param name="Recipient">As the gateway is given it, without the plus sign.</param>
public sealed record StoredMessage(Guid MessageId, string Store, string Instance, Guid EventId, Guid JourneyId, string Recipient, string Text, string Status, string? Reason,
    DateTimeOffset? ArmedAt, string? GatewayMessageId);

/// <summary>Everything that senders, product and gateway know when all is quiet.</summary>
public sealed record Evidence
{
    public required IReadOnlyCollection<LedgerEntry> Ledger { get; init; }
    public required IReadOnlyCollection<Shopper> Shoppers { get; init; }
    public required IReadOnlyCollection<string> Refusals { get; init; }
    public required IReadOnlyList<GatewayMessage> Effects { get; init; }
    public required IReadOnlyList<StoredWebhook> Webhooks { get; init; }
    public required IReadOnlyList<StoredEvent> Events { get; init; }
    public required IReadOnlySet<Guid> Quarantined { get; init; }
    public required IReadOnlySet<Guid> Normalized { get; init; }
    public required IReadOnlyList<StoredJourney> Journeys { get; init; }
    public required ILookup<Guid, TimelineRow> Timeline { get; init; }
    public required IReadOnlyList<StoredMessage> Messages { get; init; }

    /// <summary>When the dispatcher learned that a message is called back.</summary>
    public required IReadOnlyDictionary<Guid, DateTimeOffset> CalledBack { get; init; }

    public required Strikes Strikes { get; init; }

    /// <summary>The whole story of one event, for people.</summary>
    public string Story(Guid eventId) => string.Join('\n', Timeline[eventId].OrderBy(row => row.RecordedAt).Select(row => $"      {row}"));

    public static async Task<Evidence> LoadAsync(World world, Ledger ledger, Strikes strikes)
    {
        await using var connection = new NpgsqlConnection(world.Processes.Database);
        await connection.OpenAsync();
        return new()
        {
            Ledger = ledger.Entries,
            Shoppers = ledger.Shoppers,
            Refusals = ledger.Refusals,
            Strikes = strikes,
            Effects = await world.Processes.Gateway.AllAsync(),
            Webhooks = await ReadAsync(connection, "select webhook_id, store_id, source from ingest.webhooks",
                row => new StoredWebhook(row.GetGuid(0), row.GetString(1), row.GetString(2))),
            Events = await ReadAsync(connection,
                "select e.event_id, e.store_id, e.webhook_id, e.type, c.store_id from automation_matcher.events e join automation_matcher.contacts c on c.contact_id = e.contact_id",
                row => new StoredEvent(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetString(3), row.GetString(4))),
            Quarantined = (await ReadAsync(connection, "select webhook_id from normalizer.quarantine", row => row.GetGuid(0))).ToHashSet(),
            Normalized = (await ReadAsync(connection, "select message_id from normalizer.inbox where queue = 'normalizer.webhook-received'", row => row.GetGuid(0))).ToHashSet(),
            Journeys = await ReadAsync(connection,
                """
                select j.journey_id, j.store_id, c.store_id, j.event_id, j.automation_id, j.state, j.base_at, j.recipient
                from automation_matcher.journeys j join automation_matcher.contacts c on c.contact_id = j.contact_id
                """,
                row => new StoredJourney(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetString(4), row.GetString(5), Time(row, 6)!.Value, Text(row, 7))),
            Timeline = (await ReadAsync(connection, "select store_id, event_id, at, recorded_at, what, automation_id, message_id, reason, detail from automation_matcher.timeline",
                row => new TimelineRow(row.GetString(0), row.GetGuid(1), Time(row, 2)!.Value, Time(row, 3)!.Value, row.GetString(4), Text(row, 5), row.IsDBNull(6) ? null : row.GetGuid(6), Text(row, 7), Text(row, 8))))
                .ToLookup(row => row.EventId),
            Messages = await ReadAsync(connection,
                """
                select message_id, store_id, instance_id, event_id, journey_id, ltrim(recipient, '+'), content::json->>'text', status, reason, armed_at, gateway_message_id
                from whatsapp_dispatcher.messages
                """,
                row => new StoredMessage(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), row.GetString(6), row.GetString(7), Text(row, 8), Time(row, 9), Text(row, 10))),
            CalledBack = (await ReadAsync(connection, "select message_id, handled_at from whatsapp_dispatcher.inbox where queue = 'whatsapp-dispatcher.message-cancelled'",
                row => (Id: row.GetGuid(0), At: Time(row, 1)!.Value))).ToDictionary(row => row.Id, row => row.At),
        };
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(map(reader));
        return rows;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
