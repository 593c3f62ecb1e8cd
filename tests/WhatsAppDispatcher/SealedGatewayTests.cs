using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Hosting;
using Recado.Tests.GatewayEmulator;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>The tokens of gateways in the database: of no use to who reads or changes it there.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class SealedGatewayTests(Engine engine)
{
    private static readonly string[] Secrets = ["canary-token", "canary-client-token", "canary-header"];
    private RunningEmulator gateway = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => gateway = await RunningEmulator.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await gateway.DisposeAsync();

    [Test]
    public async Task A_dump_of_the_database_holds_no_token()
    {
        var database = await FreshDatabase.CreateAsync(engine);
        await using var host = await HostAsync(database, await BundleAsync("alpha"));
        await host.StartAsync();
        await AssertSentAsync(host, "alpha");

        var dump = await DumpAsync(host);

        Assert.That(dump, Does.Contain("alpha").And.Contain("INSTANCE_1"), "what a dump is");
        Assert.That(Secrets.Where(dump.Contains), Is.Empty);
    }

    [Test]
    public async Task What_an_earlier_version_left_readable_is_sealed_at_the_next_start_and_goes_on_working()
    {
        var database = await FreshDatabase.CreateAsync(engine);
        await using (var earlier = await HostAsync(database))
            await WriteAsEarlierVersionAsync(earlier, "alpha");
        await using var host = await HostAsync(database);
        await host.StartAsync();

        var dump = await DumpAsync(host);

        Assert.That(Secrets.Where(dump.Contains), Is.Empty);
        await AssertSentAsync(host, "alpha");
    }

    [Test]
    public async Task Rows_that_changed_places_are_not_used_and_other_stores_are_not_concerned()
    {
        var database = await FreshDatabase.CreateAsync(engine);
        await using var host = await HostAsync(database, await BundleAsync("alpha", "beta", "gamma"));
        await host.StartAsync();
        await Swap(host, "alpha", "beta");
        await host.Get<GatewayBook>().RefreshAsync(default);

        foreach (var store in (string[])["alpha", "beta"])
        {
            var message = RunningDispatcher.Message(store: store);
            await QueueAsync(host, message);
            Assert.That(await StandingAsync(host, message.MessageId), Is.EqualTo(("failed", Reasons.NoGateway)), store);
        }
        await AssertSentAsync(host, "gamma");
    }

    [Test]
    public async Task A_row_that_was_changed_is_not_used()
    {
        await using var host = await HostAsync(await FreshDatabase.CreateAsync(engine), await BundleAsync("alpha"));
        await host.StartAsync();
        var row = (await host.Get<DispatcherDatabase>().QueryAsync("select sealed from gateways", row => row.GetFieldValue<byte[]>(0), default)).Single();
        row[^1] ^= 1;
        await host.Get<DispatcherDatabase>().InTransactionAsync(transaction => transaction.ExecuteAsync("update gateways set sealed = @sealed", default, ("sealed", row)), default);

        await host.Get<GatewayBook>().RefreshAsync(default);

        Assert.That(host.Get<GatewayBook>().Of("alpha"), Is.Null);
    }

    [Test]
    public async Task Keys_are_rotated_while_messages_are_sent()
    {
        var (old, next) = (NewKey(), NewKey());
        var database = await FreshDatabase.CreateAsync(engine);
        await using var running = await HostAsync(database, await BundleAsync("alpha"), old);
        await running.StartAsync();
        await AssertSentAsync(running, "alpha");
        var before = await SealedAsync(running);

        await using (var second = await HostAsync(database, key: $"{next},{old}"))
            Assert.That(await SealedAsync(second), Is.Not.EqualTo(before), "sealed again with the new key");

        Assert.That(async () => await running.Get<GatewayBook>().RefreshAsync(default), Throws.Exception.Message.Contains("neither in Secrets:KeyFile nor in Secrets:Key"));
        await AssertSentAsync(running, "alpha"); // who has only the old key goes on with what it has read
        await using (var third = await HostAsync(database, key: next))
            Assert.That(third.Get<GatewayBook>().Of("alpha")!.Token, Is.EqualTo("canary-token"), "the old key can go");
    }

    [Test]
    public async Task With_a_key_that_fits_nothing_it_does_not_start_and_says_which_gateway()
    {
        var database = await FreshDatabase.CreateAsync(engine);
        await using (await HostAsync(database, await BundleAsync("alpha")))
        {
        }

        Assert.That(async () => await HostAsync(database, key: NewKey()), Throws.InstanceOf<CannotStartException>().With.Message.EqualTo(
            "gateway 'INSTANCE_1' of store 'alpha' cannot be read: It is encrypted with a key that is neither in Secrets:KeyFile nor in Secrets:Key."));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Task<HostInProcess> HostAsync(string database, string? bundle = null, string key = TestKey.Value) =>
        HostInProcess.PrepareAsync(new WhatsAppDispatcherService(), database, settings: [("Bootstrap", bundle ?? ""), ("Secrets:Key", key)]);

    private async Task<string> BundleAsync(params string[] stores)
    {
        var path = Path.Combine(RunFolder.New("bundle"), "bundle.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { stores = stores.Select(store => new { id = store, gateways = new[] { Settings() } }) }, JsonSerializerOptions.Web));
        return path;
    }

    private GatewaySettings Settings() => new()
    {
        Instance = RunningEmulator.Instance,
        BaseAddress = gateway.Http.BaseAddress!.ToString(),
        Token = "canary-token",
        ClientToken = "canary-client-token",
        Headers = new Dictionary<string, string> { ["X-Key"] = "canary-header" },
    };

    private Task WriteAsEarlierVersionAsync(HostInProcess host, string store) => host.Get<DispatcherDatabase>().InTransactionAsync(transaction => transaction.ExecuteAsync(
        "insert into gateways (store_id, instance_id, settings, position) values (@store, @instance, @settings, 0)", default,
        ("store", store), ("instance", RunningEmulator.Instance), ("settings", JsonSerializer.Serialize(Settings()))), default);

    private static Task Swap(HostInProcess host, string one, string other) => host.Get<DispatcherDatabase>().InTransactionAsync(async transaction =>
    {
        var rows = (await transaction.QueryAsync("select store_id, sealed from gateways", row => (Store: row.GetString(0), Sealed: row.GetFieldValue<byte[]>(1)), default)).ToDictionary(row => row.Store, row => row.Sealed);
        await transaction.ExecuteAsync("update gateways set sealed = @sealed where store_id = @store", default, ("sealed", rows[other]), ("store", one));
        await transaction.ExecuteAsync("update gateways set sealed = @sealed where store_id = @store", default, ("sealed", rows[one]), ("store", other));
    }, default);

    private static async Task<byte[]> SealedAsync(HostInProcess host) =>
        (await host.Get<DispatcherDatabase>().QueryAsync("select sealed from gateways", row => row.GetFieldValue<byte[]>(0), default)).Single();

    /// <summary>Every column of every row of every table as text; bytes as the text they might be, and in hex.</summary>
    private async Task<string> DumpAsync(HostInProcess host)
    {
        var database = host.Get<DispatcherDatabase>();
        var tables = await database.QueryAsync(
            engine == Engine.Postgres ? "select table_name::text from information_schema.tables where table_schema = 'whatsapp_dispatcher'" : "select name from sqlite_master where type = 'table'",
            row => row.GetString(0), default);
        Assert.That(tables, Has.Count.GreaterThan(8));
        var dump = new StringBuilder();
        foreach (var table in tables)
            foreach (var row in await database.QueryAsync($"select * from {table}", row => string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(column => Text(row.GetValue(column)))), default))
                dump.Append(table).Append(": ").AppendLine(row);
        return dump.ToString();

        static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) + " " + Convert.ToHexString(bytes) : value.ToString() ?? "";
    }

    private static Task QueueAsync(HostInProcess host, MessageRendered message) => host.Get<DispatcherDatabase>().InTransactionAsync(
        transaction => host.Get<QueueMessages>().HandleAsync([new(message, default)], transaction, default), default);

    private static async Task<(string, string?)> StandingAsync(HostInProcess host, Guid message) => (await host.Get<DispatcherDatabase>().QueryAsync(
        "select status, reason from messages where message_id = @id", row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), default, ("id", message))).Single();

    private static async Task AssertSentAsync(HostInProcess host, string store)
    {
        var message = RunningDispatcher.Message(store: store);
        await QueueAsync(host, message);
        await Until.TrueAsync(async () => (await StandingAsync(host, message.MessageId)).Item1 == "sent", TimeSpan.FromSeconds(60), $"a message of {store} is sent");
    }
}
