using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A setting that is missing or wrong ends the process with one sentence that names it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SettingsTests
{
    private const string BrokerIsMissing = "Set Broker to an amqp:// address, or to memory for a single process.";
    private const string DatabaseIsMissing = "Set Database to an Npgsql connection string (Host=…) or to Data Source=FILE for SQLite.";

    [TestCase("Ingest", "ingest")]
    [TestCase("AutomationMatcher", "automation-matcher")]
    public async Task Without_broker(string service, string name) =>
        RefusedStart.AssertSaid(await RunAsync(service, ("Broker", "")), $"{name} cannot start: {BrokerIsMissing}");

    [TestCase("Ingest", "ingest")]
    [TestCase("WhatsAppDispatcher", "whatsapp-dispatcher")]
    public async Task Without_database(string service, string name) =>
        RefusedStart.AssertSaid(await RunAsync(service, ("Database", "")), $"{name} cannot start: {DatabaseIsMissing}");

    [Test]
    public async Task Without_both() =>
        RefusedStart.AssertSaid(await RunAsync("Ingest", ("Broker", ""), ("Database", "")), $"ingest cannot start: {DatabaseIsMissing} {BrokerIsMissing}");

    [TestCase("Ingest", "Broker", "foo", "Broker must be 'memory' or an amqp:// address.")]
    [TestCase("Ingest", "Broker", "http://localhost", "Broker must be 'memory' or an amqp:// address.")]
    [TestCase("Ingest", "Prefetch", "abc", "Failed to convert configuration value 'abc' at 'Prefetch' to type 'System.UInt16'.")]
    [TestCase("Ingest", "Prefetch", "0", "The field Prefetch must be between 1 and 2000.")]
    [TestCase("Ingest", "Ingest__MaxBodyBytes", "1", "Ingest:MaxBodyBytes must be between 1024 and 10000000.")]
    [TestCase("Ingest", "Tracing__Ratio", "1.1", "Tracing:Ratio must be between 0 and 1.")]
    [TestCase("Ingest", "Tracing__Ratio", "NaN", "Tracing:Ratio must be between 0 and 1.")]
    [TestCase("Ingest", "Tracing__SlowFrom", "00:00:00", "Tracing:SlowFrom must be between 00:00:00.001 and 1.00:00:00.")]
    [TestCase("Ingest", "Gauges__Every", "00:00:00.5", "Gauges:Every must be between 00:00:01 and 01:00:00.")]
    [TestCase("Normalizer", "Normalizer__QuarantineRetention", "00:00:01", "Normalizer:QuarantineRetention must be between 1 and 3650 days.")]
    [TestCase("AutomationMatcher", "TimeScale", "0", "TimeScale must be between 1 and 1000000.")]
    [TestCase("WhatsAppDispatcher", "Dispatcher__AllowPrivateGateways", "10.0.0.1/80", "Dispatcher:AllowPrivateGateways must be true, false, or hosts, addresses and networks (10.20.0.0/16) separated by commas.")]
    [TestCase("WhatsAppDispatcher", "Dispatcher__AllowPrivateGateways", "http://x", "Dispatcher:AllowPrivateGateways must be true, false, or hosts, addresses and networks (10.20.0.0/16) separated by commas.")]
    [TestCase("WhatsAppDispatcher", "Dispatcher__GatewayPorts", "443,0", "Dispatcher:GatewayPorts must be ports from 1 to 65535 separated by commas.")]
    [TestCase("WhatsAppDispatcher", "Dispatcher__Concurrency", "0", "Dispatcher:Concurrency must be between 1 and 1000.")]
    public async Task With_a_wrong_value(string service, string setting, string value, string sentence) =>
        RefusedStart.AssertSaidLike(await RunAsync(service, (setting, value)), $"^[a-z-]+ cannot start: {System.Text.RegularExpressions.Regex.Escape(sentence)}$");

    [TestCase("foo")]
    [TestCase("Hoost=example")]
    [TestCase("Host=example;Port=abc")]
    [TestCase("Data Source=recado.db;Colour=blue")]
    public async Task With_something_that_is_no_connection_string(string database) =>
        RefusedStart.AssertSaidLike(await RunAsync("Ingest", ("Database", database)), "^ingest cannot start: Database is not a connection string: ");

    [Test]
    public async Task An_unknown_verb_is_answered_with_the_known_ones()
    {
        await using var process = new ServiceProcess("Ingest", await UsualAsync());

        RefusedStart.AssertSaid(await process.RunToEndAsync("frobnicate"),
            "ingest cannot start: 'frobnicate' is not a verb: use migrate, replay, dead-letters, rotate-key, erase, healthcheck or help, or nothing to serve.");
    }

    [TestCase("replay")]
    [TestCase("replay", "--since", "yesterday")]
    public async Task Replay_without_a_time_says_what_it_needs(params string[] arguments)
    {
        await using var process = new ServiceProcess("Ingest", await UsualAsync());

        RefusedStart.AssertSaidLike(await process.RunToEndAsync(arguments), "^ingest cannot start: replay needs --since with a time");
    }

    private static async Task<Ended> RunAsync(string service, params (string Name, string Value)[] settings)
    {
        var all = await UsualAsync();
        foreach (var (name, value) in settings)
            all[name] = value;
        await using var process = new ServiceProcess(service, all);
        return await process.RunToEndAsync();
    }

    private static async Task<Dictionary<string, string>> UsualAsync() => new()
    {
        ["Broker"] = "memory",
        ["Database"] = await FreshDatabase.CreateAsync(Engine.Sqlite),
        ["MigrateOnStart"] = "true",
    };
}
