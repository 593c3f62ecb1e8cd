using System.Text;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Platform.Bus;
using Recado.Tests.GatewayEmulator;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Cancelling;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Echoes;
using Recado.WhatsAppDispatcher.Gateways;
using Recado.WhatsAppDispatcher.Instances;
using Recado.WhatsAppDispatcher.Receipts;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>Where a message stands.</summary>
public sealed record Standing(string Status, int Attempt, string? Reason, string? GatewayMessageId);

/// <summary>The dispatcher in this process, before an emulated gateway.</summary>
public sealed class RunningDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly HostInProcess host;

    private RunningDispatcher(HostInProcess host, RunningEmulator gateway) => (this.host, Gateway) = (host, gateway);

    public RunningEmulator Gateway { get; }

    public DispatcherDatabase Database => host.Get<DispatcherDatabase>();

    /// <param name="start">False leaves what is queued where it is until <see cref="StartAsync"/>.</param>
    public static async Task<RunningDispatcher> CreateAsync(Engine engine, bool start = true, params (string Name, string Value)[] settings)
    {
        var gateway = await RunningEmulator.StartAsync();
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(bundle,
            $$"""{"stores":[{"id":"alpha","gateways":[{"instance":"{{RunningEmulator.Instance}}","baseAddress":"{{gateway.Http.BaseAddress}}","token":"secret-token","clientToken":"account-token"}]}]}""");
        var host = await HostInProcess.PrepareAsync(new WhatsAppDispatcherService(), await FreshDatabase.CreateAsync(engine), settings: [("Bootstrap", bundle), .. settings]);
        var running = new RunningDispatcher(host, gateway);
        if (start)
            await running.StartAsync();
        return running;
    }

    public Task StartAsync() => host.StartAsync();

    public static MessageRendered Message(DateTimeOffset? expiresAt = null, string store = "alpha") => new()
    {
        MessageId = Guid.NewGuid(),
        StoreId = store,
        JourneyId = Guid.NewGuid(),
        EventId = Guid.NewGuid(),
        Recipient = "+" + RunningEmulator.Phone,
        Class = MessageClasses.Reminder,
        RenderedAt = DateTimeOffset.UtcNow,
        ExpiresAt = expiresAt ?? DateTimeOffset.UtcNow.AddHours(1),
        Content = new() { Kind = MessageKinds.Text, Text = "Oi!" },
    };

    public Task QueueAsync(params MessageRendered[] messages) => HandleAsync<MessageRendered, QueueMessages>(messages);

    public Task CancelAsync(Guid message, string store = "alpha") => HandleAsync<MessageCancelled, CancelMessages>(
        [new() { MessageId = message, StoreId = store, Reason = Reasons.StoppedByEvent, CancelledAt = DateTimeOffset.UtcNow }]);

    public Task ConnectAsync(bool connected, DateTimeOffset at, string store = "alpha") => HandleAsync<InstanceStatusChanged, FollowInstances>(
        [new() { ChangeId = Guid.NewGuid(), StoreId = store, InstanceId = RunningEmulator.Instance, Connected = connected, OccurredAt = at }]);

    public Task ReceiveAsync(string gatewayMessageId, params string[] statuses) => HandleAsync<GatewayReceipt, ApplyReceipts>(
        [.. statuses.Select(status => new GatewayReceipt
        {
            ReceiptId = Guid.NewGuid(),
            StoreId = "alpha",
            InstanceId = RunningEmulator.Instance,
            GatewayMessageId = gatewayMessageId,
            Status = status,
            OccurredAt = DateTimeOffset.UtcNow,
        })]);

    public Task TakeAsync(params GatewayReceipt[] receipts) => HandleAsync<GatewayReceipt, ApplyReceipts>(receipts);

    public async Task<Standing> StandingAsync(Guid message) => (await Database.QueryAsync(
        "select status, attempt, reason, gateway_message_id from messages where message_id = @id",
        row => new Standing(row.GetString(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), default, ("id", message))).Single();

    public async Task<Standing> WaitForAsync(Guid message, string status)
    {
        Standing? standing = null;
        try
        {
            await Until.TrueAsync(async () => (standing = await StandingAsync(message)).Status == status, Patience, $"the message is {status}");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}, but {standing}", exception);
        }
        return standing!;
    }

    /// <summary>A send of the holder of this claim has ended.</summary>
    public Task EndAsync(Guid claim, SendOutcome outcome, params MessageRendered[] messages) => Task.WhenAll(messages.Select(message => host.Get<Recording>().RecordAsync(new(
        new(message.MessageId, message.StoreId, RunningEmulator.Instance, message.JourneyId, message.EventId, message.Recipient, message.Content, claim, 0, message.ExpiresAt, null), outcome, null))));

    /// <summary>As a replica does that starts with another bundle: the same gateway under another name.</summary>
    public Task TakeInGatewayAsync(string instance) => host.Get<SealedGateways>().ReplaceAsync("alpha",
        [host.Get<GatewayBook>().Of("alpha")! with { Instance = instance }], default);

    public Task HearAsync(params MessageEchoed[] echoes) => HandleAsync<MessageEchoed, HearEchoes>(echoes);

    /// <summary>Hands over what the gateway called back, as the Normalizer understands it, in order.</summary>
    public async Task HearAsync(IEnumerable<ReceivedPost> callbacks)
    {
        foreach (var callback in callbacks)
        {
            var webhook = new WebhookReceived
            {
                WebhookId = Guid.NewGuid(),
                StoreId = "alpha",
                Source = Sources.EzApi,
                Channel = RunningEmulator.Instance,
                ReceivedAt = DateTimeOffset.UtcNow,
                Body = Encoding.UTF8.GetBytes(callback.Body.ToJsonString()),
            };
            foreach (var message in Normalization.Normalize(webhook).Messages)
                await (message is MessageEchoed echo ? HearAsync(echo) : HandleAsync<GatewayReceipt, ApplyReceipts>([(GatewayReceipt)message]));
        }
    }

    /// <summary>What the dispatcher told about a message, in its order.</summary>
    public async Task<List<string>> NewsAsync(Guid message) =>
        [.. (await AllNewsAsync(message)).Select(news => news.Reason is null ? news.Status : $"{news.Status} {news.Reason}")];

    /// <summary>The same, whole.</summary>
    public async Task<List<MessageStatusChanged>> AllNewsAsync(Guid message)
    {
        var all = await Database.QueryAsync("select body from outbox where wire_name = 'recado.message-status-changed' order by id",
            row => System.Text.Json.JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), ContractsJson.Default.MessageStatusChanged)!, default);
        return [.. all.Where(news => news.MessageId == message)];
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    private Task HandleAsync<T, THandler>(T[] messages)
        where T : class, IMessage
        where THandler : class, IHandle<T> =>
        Database.InTransactionAsync(transaction => host.Get<THandler>().HandleAsync([.. messages.Select(message => new Received<T>(message, default))], transaction, default), default);
}
