using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Recado.Contracts;
using Recado.Tests.GatewayEmulator;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Instances;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>
/// Two stores with a number each at one emulated gateway that counts what reaches it, one clock moved by hand, and as many
/// dispatchers on one database as a test starts.
/// </summary>
public sealed class TwoNumbers : IAsyncDisposable
{
    public const string Alpha = "alpha";
    public const string Beta = "beta";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<HostInProcess> hosts = [];
    private readonly RunningEmulator gateway;
    private readonly HttpFaultProxy counter;
    private readonly string database;

    private TwoNumbers(RunningEmulator gateway, HttpFaultProxy counter, string database) => (this.gateway, this.counter, this.database) = (gateway, counter, database);

    public ManualTimeProvider Time { get; } = new();

    public LogLines Log { get; } = new();

    public DispatcherDatabase Database => hosts[0].Get<DispatcherDatabase>();

    public static async Task<TwoNumbers> CreateAsync(Engine engine)
    {
        var gateway = await RunningEmulator.StartAsync();
        return new(gateway, await HttpFaultProxy.StartAsync(gateway.Http.BaseAddress!), await FreshDatabase.CreateAsync(engine));
    }

    /// <param name="concurrency">With 1 whatever is due first has been sent, or not, before the next one is.</param>
    /// <param name="token">Of alpha's number.</param>
    public async Task PrepareDispatcherAsync(int concurrency = 1, string token = "first-token")
    {
        var bundle = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        object Store(string id, string secret) => new { id, gateways = new[] { new { instance = InstanceOf(id), baseAddress = counter.Address.ToString(), token = secret, clientToken = "account-token" } } };
        await File.WriteAllTextAsync(bundle, JsonSerializer.Serialize(new { stores = new[] { Store(Alpha, token), Store(Beta, "beta-token") } }));
        hosts.Add(await HostInProcess.PrepareAsync(new WhatsAppDispatcherService(), database, time: Time, log: Log,
            settings: [("Bootstrap", bundle), ("Dispatcher:Concurrency", $"{concurrency}")]));
    }

    public async Task StartDispatcherAsync(int concurrency = 1, string token = "first-token")
    {
        await PrepareDispatcherAsync(concurrency, token);
        await StartAsync();
    }

    public Task StartAsync() => hosts[^1].StartAsync();

    public async Task StopDispatchersAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        hosts.Clear();
    }

    /// <summary>Sends of alpha's number meet this, all unless <paramref name="more"/> says which.</summary>
    public Task FaultAsync(string fault, string more = "") => gateway.BehaveAsync($"{{\"faults\":[{FaultOfAlpha(fault, more)}]}}");

    public Task FaultsAsync(params string[] faults) => gateway.BehaveAsync($"{{\"faults\":[{string.Join(',', faults)}]}}");

    public static string FaultOfAlpha(string fault, string more = "") => $"{{\"fault\":\"{fault}\",\"instanceId\":\"{InstanceOf(Alpha)}\"{more}}}";

    public Task BeWellAsync() => gateway.BehaveAsync("""{"faults":[]}""");

    public MessageRendered Message(string store = Alpha, TimeSpan? expiresAfter = null, string phone = RunningEmulator.Phone) =>
        RunningDispatcher.Message(Time.GetUtcNow() + (expiresAfter ?? TimeSpan.FromHours(12)), store) with { Recipient = "+" + phone };

    public MessageRendered[] Messages(int count) => [.. Enumerable.Range(0, count).Select(_ => Message())];

    public Task QueueAsync(params MessageRendered[] messages) => Database.InTransactionAsync(
        transaction => hosts[0].Get<QueueMessages>().HandleAsync([.. messages.Select(message => new Recado.Platform.Bus.Received<MessageRendered>(message, default))], transaction, default), default);

    public Task ConnectAsync(bool connected) => Database.InTransactionAsync(transaction => hosts[0].Get<FollowInstances>().HandleAsync(
        [new(new() { ChangeId = Guid.NewGuid(), StoreId = Alpha, InstanceId = InstanceOf(Alpha), Connected = connected, OccurredAt = Time.GetUtcNow() }, default)], transaction, default), default);

    /// <summary>How many requests of a store's number have reached the gateway, whatever it answered.</summary>
    public int Requests(string store = Alpha) => counter.Paths.Count(path => path.Contains(InstanceOf(store), StringComparison.Ordinal));

    /// <summary>How many messages of alpha's number the gateway has accepted.</summary>
    public async Task<int> AcceptedAsync() => (await gateway.MessagesAsync()).Count(message => (string?)message!["instanceId"] == InstanceOf(Alpha));

    /// <summary>
    /// Lets time pass, second by second, and lets every dispatcher look after each: a message of the other number, which is
    /// due after all that wait, is sent meanwhile.
    /// </summary>
    public async Task PassAsync(TimeSpan span, int looks = 3)
    {
        var last = Time.GetUtcNow() + span;
        for (var look = 1; look <= looks; look++)
        {
            Time.Advance((last - Time.GetUtcNow()) / (looks - look + 1));
            await LookAsync();
        }
    }

    /// <summary>Waits for so many requests of alpha's number, and a look longer: there are no more.</summary>
    public async Task AssertRequestsAsync(int count, string because)
    {
        await UntilAsync(() => Task.FromResult(Requests() >= count), $"{count} requests");
        await LookAsync();
        Assert.That(Requests(), Is.EqualTo(count), because);
    }

    public async Task LookAsync()
    {
        var later = Message(Beta);
        await QueueAsync(later);
        await WaitForAsync(later, "sent");
    }

    public async Task WaitForAsync(MessageRendered message, string status) =>
        await UntilAsync(async () => (await StandingAsync(message)).Status == status, $"the message is {status}");

    /// <summary>Moves the clock a little each time, so that whoever looks once a second does.</summary>
    public Task UntilAsync(Func<Task<bool>> condition, string what) => Until.TrueAsync(async () =>
    {
        if (await condition())
            return true;
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return false;
    }, Patience, what);

    public async Task<(string Status, int Attempt, string? Reason)> StandingAsync(MessageRendered message) => (await Database.QueryAsync(
        "select status, attempt, reason from messages where message_id = @id", row => (row.GetString(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2)), default, ("id", message.MessageId))).Single();

    public Task<List<string>> PausesAsync() => Database.QueryAsync("select store_id, reason from pauses order by store_id", row => $"{row.GetString(0)} {row.GetString(1)}", default);

    public async ValueTask DisposeAsync()
    {
        await StopDispatchersAsync();
        await counter.DisposeAsync();
        await gateway.DisposeAsync();
    }

    private static string InstanceOf(string store) => $"NUMBER_{store}";

    /// <summary>What was logged about pauses.</summary>
    public sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IEnumerable<string> OfPauses => lines.Where(line => line.Contains("paused", StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
