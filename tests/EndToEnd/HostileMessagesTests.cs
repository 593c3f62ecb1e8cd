using System.Text;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using Recado.Contracts;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>
/// Somebody writes to the queues: what is no message, what is none of ours, and what speaks of a store that it has nothing
/// to do with. The services live, others' rows stay as they are, and what comes after is handled.
/// </summary>
public sealed class HostileMessagesTests
{
    private const string Ghost = "ghost";

    private static readonly string[] Queues =
    [
        "normalizer.webhook-received",
        "automation-matcher.commerce-event", "automation-matcher.message-status-changed", "automation-matcher.customer-replied",
        "automation-matcher.webhook-quarantined", "automation-matcher.webhook-replayed",
        "template-renderer.message-requested",
        "whatsapp-dispatcher.message-rendered", "whatsapp-dispatcher.message-cancelled", "whatsapp-dispatcher.gateway-receipt",
        "whatsapp-dispatcher.message-echoed", "whatsapp-dispatcher.instance-status-changed",
    ];

    private FiveProcessRecado _recado = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _recado = await FiveProcessRecado.StartAsync();
        _connection = await new ConnectionFactory { Uri = new(_recado.Processes.Broker) }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _recado.DisposeAsync();
    }

    [Test]
    public async Task What_is_no_message_harms_nobody()
    {
        await ReadAsync("antes", "+5511955551000");
        var (before, alive) = (await RowsAsync(), Alive());

        foreach (var queue in Queues)
            foreach (var garbage in Garbage())
                await PublishAsync(queue, garbage);
        await AssertHandledAsync("depois", before, alive);
    }

    [Test]
    public async Task What_a_store_says_about_anothers_message_journey_and_customer_changes_nothing()
    {
        await ReadAsync("forja-0", "+5511955552000");
        var waiting = await _recado.PostAsync(Webhook.Cart(Cart("+5511955552001")));
        await _recado.WaitForTimelineAsync(waiting.Id, lines => lines.Any(line => line.What == "started"), "a journey waits");
        var target = await TargetAsync();
        var (before, alive) = (await RowsAsync(), Alive());

        foreach (var store in (string[])[Ghost, "", "DEMO", "demo "])
            foreach (var (queue, message) in Forged(store, target))
                await PublishAsync(queue, JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ContractsJson.Default));
        await AssertHandledAsync("forja-1", before, alive);
    }

    /// <summary>What came before is as it was, what comes now is handled, and by the same processes.</summary>
    private async Task AssertHandledAsync(string id, List<string> before, List<int> alive)
    {
        foreach (var queue in Queues)
            await Until.TrueAsync(async () => await _channel.MessageCountAsync(queue) == 0, RunningRecado.Soon, $"{queue} is empty");
        await ReadAsync(id, "+5511955559000");

        Assert.That(Alive(), Is.EqualTo(alive), "no process died");
        var after = await RowsAsync();
        Assert.That(before, Has.Count.GreaterThan(10));
        Assert.That(before.Except(after), Is.Empty, "rows that changed or went");
    }

    private static IEnumerable<byte[]> Garbage()
    {
        string[] texts =
        [
            "", " ", "not json", "null", "true", "0", "\"text\"", "[]", "{}", "[{}]", "{\"storeId\":null}", "{\"StoreId\":{}}", "{\"storeId\":[\"demo\"]}",
            """{"$type":"System.Diagnostics.Process, System.Diagnostics.Process","StartInfo":{"FileName":"/bin/true"}}""",
            """{"$type":"Recado.Contracts.MessageCancelled, Recado.Contracts","storeId":"demo"}""",
            """{"messageType":["urn:message:System:Object"],"message":{"storeId":"demo"}}""",
            """{"storeId":"demo","messageId":"not a uuid","eventId":7,"body":"%%%"}""",
            new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "{\"storeId\":\"" + new string('x', 10_000_000) + "\"}",
        ];
        return [.. texts.Select(Encoding.UTF8.GetBytes), [0xFF, 0xFE, 0x00, 0x80], [.. "{\"storeId\":\""u8, 0xC3, 0x28, .. "\"}"u8], new byte[1000]];
    }

    private sealed record Target(Guid MessageId, Guid JourneyId, Guid EventId, Guid WaitingJourney, Guid WaitingEvent, string GatewayMessageId, string Instance, Guid Webhook);

    private static IEnumerable<(string Queue, IMessage Message)> Forged(string store, Target target)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var status in (string[])[MessageStatuses.Failed, MessageStatuses.Suppressed, MessageStatuses.Sent])
            foreach (var (journey, happened) in new[] { (target.JourneyId, target.EventId), (target.WaitingJourney, target.WaitingEvent) })
                yield return ("automation-matcher.message-status-changed", new MessageStatusChanged
                {
                    StatusId = Guid.NewGuid(),
                    StoreId = store,
                    MessageId = target.MessageId,
                    JourneyId = journey,
                    EventId = happened,
                    Status = status,
                    Reason = Reasons.GatewayRejected,
                    OccurredAt = now,
                });
        foreach (var status in (string[])[ReceiptStatuses.Failed, ReceiptStatuses.Read])
            yield return ("whatsapp-dispatcher.gateway-receipt", new GatewayReceipt
            {
                ReceiptId = Guid.NewGuid(),
                StoreId = store,
                InstanceId = target.Instance,
                GatewayMessageId = target.GatewayMessageId,
                Status = status,
                OccurredAt = now,
            });
        yield return ("whatsapp-dispatcher.message-cancelled", new MessageCancelled { MessageId = target.MessageId, StoreId = store, Reason = Reasons.StoppedByEvent, CancelledAt = now });
        yield return ("whatsapp-dispatcher.message-echoed", new MessageEchoed
        {
            EchoId = Guid.NewGuid(),
            StoreId = store,
            InstanceId = target.Instance,
            GatewayMessageId = target.GatewayMessageId,
            Phone = "+5511955552000",
            Text = "Oi",
            OccurredAt = now,
        });
        yield return ("whatsapp-dispatcher.instance-status-changed", new InstanceStatusChanged
        {
            ChangeId = Guid.NewGuid(),
            StoreId = store,
            InstanceId = target.Instance,
            Connected = false,
            OccurredAt = now.AddDays(1),
        });
        yield return ("whatsapp-dispatcher.message-rendered", new MessageRendered
        {
            MessageId = target.MessageId,
            StoreId = store,
            JourneyId = target.JourneyId,
            EventId = target.EventId,
            Recipient = "+5511955552999",
            Class = MessageClasses.Reminder,
            RenderedAt = now,
            ExpiresAt = now.AddHours(1),
            Content = new() { Kind = MessageKinds.Text, Text = "forged" },
        });
        yield return ("automation-matcher.customer-replied", new CustomerReplied
        {
            ReplyId = Guid.NewGuid(),
            StoreId = store,
            InstanceId = target.Instance,
            GatewayMessageId = "R1",
            Phone = "+5511955552001",
            Kind = "text",
            InReplyTo = target.GatewayMessageId,
            OccurredAt = now,
        });
        foreach (var type in (string[])[EventTypes.PaymentApproved, EventTypes.CartAbandoned])
            foreach (var id in new[] { Guid.NewGuid(), target.WaitingEvent })
                yield return ("automation-matcher.commerce-event", new CommerceEvent
                {
                    EventId = id,
                    WebhookId = target.Webhook,
                    StoreId = store,
                    Source = Sources.Events,
                    Type = type,
                    OccurredAt = now,
                    ReceivedAt = now,
                    Subject = "cart:forja",
                    Keys = ["cart:forja", "phone:+5511955552001"],
                    Customer = new() { Phone = "+5511955552001" },
                });
        yield return ("automation-matcher.webhook-quarantined", new WebhookQuarantined { WebhookId = target.Webhook, StoreId = store, Source = Sources.Events, Reason = "x", ReceivedAt = now });
        yield return ("automation-matcher.webhook-replayed", new WebhookReplayed { WebhookId = target.Webhook, StoreId = store, ReplayedAt = now });
        yield return ("normalizer.webhook-received", new WebhookReceived
        {
            WebhookId = target.Webhook,
            StoreId = store,
            Source = Sources.AbandonedCart,
            ReceivedAt = now,
            Body = Encoding.UTF8.GetBytes(Cart("+5511955552001")),
        });
    }

    private static string Cart(string phone) =>
        $$$"""{"cart_token":"forja","abandoned_at":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}}","cart_amount":15000,"recovery_url":"https://loja.example/c/forja","customer":{"name":"Nara","email":"nara@example.com","phone":"{{{phone}}}"},"products":[]}""";

    private async Task<Target> TargetAsync()
    {
        await using var connection = await OpenAsync();
        var sent = await OneAsync(connection, "select message_id, journey_id, event_id, gateway_message_id, instance_id from whatsapp_dispatcher.messages where status = 'read' limit 1");
        var waiting = await OneAsync(connection, "select j.journey_id, j.event_id, e.webhook_id from automation_matcher.journeys j join automation_matcher.events e using (event_id) where j.state = 'waiting' limit 1");
        return new((Guid)sent[0], (Guid)sent[1], (Guid)sent[2], (Guid)waiting[0], (Guid)waiting[1], (string)sent[3], (string)sent[4], (Guid)waiting[2]);
    }

    /// <summary>Every row of the demo store in every table, as text.</summary>
    private async Task<List<string>> RowsAsync()
    {
        await using var connection = await OpenAsync();
        var tables = await ListAsync(connection, "select format('%I.%I', table_schema, table_name) from information_schema.columns where column_name = 'store_id' and table_schema not in ('pg_catalog', 'information_schema')");
        var rows = new List<string>();
        foreach (var table in tables.Where(table => !table.EndsWith(".gateways", StringComparison.Ordinal)))
            rows.AddRange(await ListAsync(connection, $"select '{table}: ' || t::text from {table} t where store_id = 'demo'"));
        return rows;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_recado.Processes.Database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object[]> OneAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.That(await reader.ReadAsync(), sql);
        var values = new object[reader.FieldCount];
        reader.GetValues(values);
        return values;
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private List<int> Alive() => [.. FiveProcesses.Services.Select(service => _recado.Processes[service].IsRunning ? _recado.Processes[service].ProcessId : -1)];

    private async Task PublishAsync(string queue, byte[] body) =>
        await _channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { ContentType = "application/json", MessageId = Guid.NewGuid().ToString(), Persistent = true }, body);

    private async Task ReadAsync(string id, string phone)
    {
        var answer = await _recado.PostAsync(Webhook.Event($$$"""{"id":"{{{id}}}","type":"customer.registered","customer":{"name":"Nara","phone":"{{{phone}}}"}}"""));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
    }
}
