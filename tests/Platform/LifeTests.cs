using System.Diagnostics;
using System.Net;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A process while it runs and when it is told to end.</summary>
public sealed class LifeTests
{
    [TestCase("Ingest")]
    [TestCase("Normalizer")]
    [TestCase("AutomationMatcher")]
    [TestCase("TemplateRenderer")]
    [TestCase("WhatsAppDispatcher")]
    [TestCase("GatewayEmulator")]
    public async Task A_service_ends_within_five_seconds_of_SIGTERM(string name)
    {
        await using var service = await RunningAsync(name, "memory", await FreshDatabase.CreateAsync(Engine.Sqlite));

        await AssertEndsSoonAsync(service);
    }

    [Test]
    public async Task A_service_with_broker_and_server_ends_within_five_seconds_of_SIGTERM()
    {
        var rabbit = await Servers.RabbitMqAsync();
        var host = $"life-{Guid.NewGuid():N}";
        await rabbit.AddVirtualHostAsync(host);
        await using var service = await RunningAsync("WhatsAppDispatcher", rabbit.AmqpUri(host), await FreshDatabase.CreateAsync(Engine.Postgres));

        await AssertEndsSoonAsync(service);
    }

    [Test]
    public async Task Ingest_is_ready_while_the_broker_is_away_and_ends_soon_all_the_same()
    {
        await using var ingest = await RunningAsync("Ingest", NoBroker, await FreshDatabase.CreateAsync(Engine.Sqlite));

        Assert.That(await StatusAsync(ingest, "ready"), Is.EqualTo(HttpStatusCode.OK));
        await AssertEndsSoonAsync(ingest);
    }

    [Test]
    public async Task A_consumer_is_alive_but_not_ready_while_the_broker_is_away()
    {
        await using var normalizer = Process("Normalizer", NoBroker, await FreshDatabase.CreateAsync(Engine.Sqlite));
        await normalizer.LaunchAsync();
        await Until.TrueAsync(async () => await StatusOrNullAsync(normalizer, "live") == HttpStatusCode.OK, TimeSpan.FromSeconds(90), "the service is alive");

        Assert.That(await StatusAsync(normalizer, "ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await AssertEndsSoonAsync(normalizer);
    }

    [Test]
    public async Task A_service_is_alive_but_not_ready_while_its_database_is_away()
    {
        await using var server = await Servers.NewPostgresAsync();
        await server.StartAsync();
        await using var ingest = await RunningAsync("Ingest", "memory", server.ConnectionString("postgres"));

        await server.StopAsync();
        Assert.That(await StatusAsync(ingest, "ready"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await StatusAsync(ingest, "live"), Is.EqualTo(HttpStatusCode.OK));

        await server.StartAsync();
        await Until.TrueAsync(ingest.IsReadyAsync, TimeSpan.FromSeconds(90), "the service is ready again");
    }

    private static string NoBroker => $"amqp://guest:guest@127.0.0.1:{Ports.Free()}/";

    private static ServiceProcess Process(string name, string broker, string database) => new(name, new Dictionary<string, string>
    {
        ["Broker"] = broker,
        ["Database"] = database,
        ["Secrets__Key"] = TestKey.Value,
        ["MigrateOnStart"] = "true",
    });

    private static async Task<ServiceProcess> RunningAsync(string name, string broker, string database)
    {
        var process = Process(name, broker, database);
        await process.StartAsync();
        return process;
    }

    private static async Task AssertEndsSoonAsync(ServiceProcess service)
    {
        var clock = Stopwatch.StartNew();
        var ended = await service.StopAsync();

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
    }

    private static async Task<HttpStatusCode?> StatusOrNullAsync(ServiceProcess service, string kind)
    {
        try
        {
            return await StatusAsync(service, kind);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(ServiceProcess service, string kind)
    {
        using var response = await service.Http.GetAsync($"/health/{kind}");
        return response.StatusCode;
    }
}
