using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Checks;

public sealed record StoredWebhook(Guid WebhookId, string Store, string Source);

public sealed record StoredEvent(Guid EventId, string Store, Guid WebhookId, string Type, string ContactStore);

public sealed record StoredJourney(Guid JourneyId, string Store, string ContactStore, Guid EventId, string Automation, string State, DateTimeOffset BaseAt);

/// <param name="CommittedAt">By PostgreSQL's clock: whoever looked after this has seen it.</param>
public sealed record TimelineRow(string Store, Guid EventId, DateTimeOffset At, DateTimeOffset CommittedAt, string What, string? Automation, Guid? MessageId, string? Reason, string? Detail)
{
    public override string ToString() => $"{At:HH:mm:ss.fff} {What}{(Automation is null ? "" : " " + Automation)}{(Reason is null ? "" : " because " + Reason)}{(Detail is null ? "" : $" ({Detail})")}";
}

/// <param name="Phone">Whom it is to reach, by what the senders know of its event: the product keeps that sealed.</param>
/// <param name="Text">What it has to say, likewise.</param>
public sealed record StoredMessage(Guid MessageId, string Store, string Instance, Guid EventId, string Status, string? Reason,
    DateTimeOffset? ArmedAt, string? GatewayMessageId, string Phone = "", string Text = "");

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

    /// <summary>When the dispatcher had committed that a message is called back.</summary>
    public required IReadOnlyDictionary<Guid, DateTimeOffset> CalledBack { get; init; }

    /// <summary>What services have set aside because they could not handle it: queue, reason, text.</summary>
    public required IReadOnlyList<(string Queue, string Reason, string Text)> DeadLetters { get; init; }

    public required Strikes Strikes { get; init; }

    /// <summary>The whole story of one event, for people.</summary>
    public string Story(Guid eventId) => string.Join('\n', Timeline[eventId].OrderBy(row => row.At).Select(row => $"      {row}"));

    public static async Task<Evidence> LoadAsync(World world, Ledger ledger, Strikes strikes)
    {
        await using var connection = await world.ConnectAsync();
        var events = await ReadAsync(connection,
            "select e.event_id, e.store_id, e.webhook_id, e.type, c.store_id from automation_matcher.events e join automation_matcher.contacts c on c.contact_id = e.contact_id",
            row => new StoredEvent(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetString(3), row.GetString(4)));
        var timeline = await ReadAsync(connection, "select store_id, event_id, at, pg_xact_commit_timestamp(xmin), what, automation_id, message_id, reason, detail from automation_matcher.timeline",
            row => new TimelineRow(row.GetString(0), row.GetGuid(1), Time(row, 2)!.Value, Time(row, 3)!.Value, row.GetString(4), Text(row, 5), row.IsDBNull(6) ? null : row.GetGuid(6), Text(row, 7), Text(row, 8)));
        return new()
        {
            Ledger = ledger.Entries,
            Shoppers = ledger.Shoppers,
            Refusals = ledger.Refusals,
            Strikes = strikes,
            Effects = await world.Processes.Gateway.AllAsync(),
            Webhooks = await ReadAsync(connection, "select webhook_id, store_id, source from ingest.webhooks",
                row => new StoredWebhook(row.GetGuid(0), row.GetString(1), row.GetString(2))),
            Events = events,
            Quarantined = (await ReadAsync(connection, "select webhook_id from normalizer.quarantine", row => row.GetGuid(0))).ToHashSet(),
            Normalized = (await ReadAsync(connection, "select message_id from normalizer.inbox where queue = 'normalizer.webhook-received'", row => row.GetGuid(0))).ToHashSet(),
            Journeys = await ReadAsync(connection,
                """
                select j.journey_id, j.store_id, c.store_id, j.event_id, j.automation_id, j.state, j.base_at
                from automation_matcher.journeys j join automation_matcher.contacts c on c.contact_id = j.contact_id
                """,
                row => new StoredJourney(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetString(4), row.GetString(5), Time(row, 6)!.Value)),
            Timeline = timeline.ToLookup(row => row.EventId),
            Messages = Told(await ReadAsync(connection,
                "select message_id, store_id, instance_id, event_id, status, reason, armed_at, gateway_message_id from whatsapp_dispatcher.messages",
                row => new StoredMessage(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetString(4), Text(row, 5), Time(row, 6), Text(row, 7))),
                timeline, events, ledger),
            DeadLetters = await ReadAsync(connection,
                string.Join(" union all ", FiveProcesses.Services.Select(service => $"select queue, reason, encode(body, 'escape') from {CrashPoint.SchemaOf(service)}.dead_letters")),
                row => (row.GetString(0), row.GetString(1), row.GetString(2))),
            CalledBack = (await ReadAsync(connection, "select message_id, pg_xact_commit_timestamp(xmin) from whatsapp_dispatcher.cancellations",
                row => (Id: row.GetGuid(0), At: Time(row, 1)!.Value))).ToDictionary(row => row.Id, row => row.At),
        };
    }

    /// <summary>A message's event was told by a sender, who knows of whom it was; the template is on the timeline.</summary>
    private static List<StoredMessage> Told(List<StoredMessage> messages, List<TimelineRow> timeline, List<StoredEvent> events, Ledger ledger)
    {
        var templates = timeline.Where(row => row is { What: "requested", MessageId: not null }).ToDictionary(row => row.MessageId!.Value, row => row.Detail);
        var webhooks = events.ToDictionary(happened => happened.EventId, happened => happened.WebhookId);
        var names = ledger.Entries.SelectMany(entry => entry.Ids.Select(id => (Id: id, entry.Fact.Name))).ToDictionary(each => each.Id, each => each.Name);
        var phones = ledger.Shoppers.SelectMany(shopper => shopper.Steps.Select(step => (step.Fact.Name, shopper.Phone))).ToDictionary(each => each.Name, each => each.Phone);
        return [.. messages.Select(message => webhooks.TryGetValue(message.EventId, out var webhook) && names.TryGetValue(webhook, out var name)
            ? message with { Phone = phones.GetValueOrDefault(name, ""), Text = Bundle.TextOf(templates.GetValueOrDefault(message.MessageId), name) }
            : message)];
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
