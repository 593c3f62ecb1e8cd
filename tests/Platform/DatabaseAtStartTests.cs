using System.Net;
using System.Net.Sockets;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>What a process asks of its database before it starts.</summary>
public sealed class DatabaseAtStartTests
{
    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task Pending_migrations_are_named_and_the_verb_applies_them(Engine engine)
    {
        await using var ingest = Ingest(await FreshDatabase.CreateAsync(engine));

        RefusedStart.AssertSaid(await ingest.RunToEndAsync(),
            "ingest cannot start: migrations are pending (platform/0001_outbox_inbox, platform/0002_refill_and_dead_letters, ingest/0001_webhooks, ingest/0002_credential_ends, ingest/0003_conflicts): run this service once with the verb 'migrate'.");
        var first = await ingest.RunToEndAsync("migrate");
        var second = await ingest.RunToEndAsync("migrate");

        var wall = engine == Engine.Postgres ? ", row level security of credentials, row level security of webhooks" : "";
        Assert.That(first, Is.EqualTo(new Ended(0, $"ingest: applied platform/0001_outbox_inbox, platform/0002_refill_and_dead_letters, ingest/0001_webhooks, ingest/0002_credential_ends, ingest/0003_conflicts{wall}")));
        Assert.That(second, Is.EqualTo(new Ended(0, "ingest: nothing to migrate")));
        await ingest.StartAsync();
        Assert.That(await ingest.IsReadyAsync(), Is.True);
    }

    [TestCase("fsync")]
    [TestCase("full_page_writes")]
    [TestCase("synchronous_commit")]
    public async Task A_server_that_would_lose_what_it_confirmed_is_refused(string setting)
    {
        await using var server = await Servers.NewPostgresAsync($"{setting}=off");
        await server.StartAsync();
        await using var ingest = Ingest(server.ConnectionString("postgres"));

        RefusedStart.AssertSaid(await ingest.RunToEndAsync(),
            $"ingest cannot start: PostgreSQL runs with {setting} = off and would lose what it confirmed: switch it on.");
    }

    [Test]
    public async Task A_database_that_does_not_exist_is_no_outage()
    {
        await using var ingest = Ingest((await Servers.PostgresAsync()).ConnectionString("nowhere"));

        RefusedStart.AssertSaid(await ingest.RunToEndAsync(), "ingest cannot start: the database refuses: database \"nowhere\" does not exist");
    }

    [Test]
    public async Task Migrating_without_a_server_says_so()
    {
        await using var ingest = Ingest($"Host=127.0.0.1;Port={Ports.Free()};Username=recado;Database=recado");

        RefusedStart.AssertSaidLike(await ingest.RunToEndAsync("migrate", "--DatabaseWait=00:00:01"), "^ingest cannot start: the database does not answer: ");
    }

    [Test]
    public async Task A_server_that_starts_later_than_the_service_is_waited_for()
    {
        await using var server = await Servers.NewPostgresAsync();
        await using var ingest = Ingest(server.ConnectionString("postgres"), migrate: true);
        await ingest.LaunchAsync();

        await Until.TrueAsync(() => ingest.Output.Contains("does not answer yet", StringComparison.Ordinal), TimeSpan.FromSeconds(90), "the service has missed its database");
        await server.StartAsync();

        await Until.TrueAsync(ingest.IsReadyAsync, TimeSpan.FromSeconds(90), "the service is ready");
    }

    [Test]
    public async Task The_verb_migrate_waits_for_its_server_too()
    {
        await using var server = await Servers.NewPostgresAsync();
        await using var ingest = Ingest(server.ConnectionString("postgres"));
        var migrating = ingest.RunToEndAsync("migrate");

        await server.StartAsync();

        Assert.That((await migrating).Output, Does.Contain("ingest: applied platform/0001_outbox_inbox"));
    }

    [Test]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var ingest = Ingest(await FreshDatabase.CreateAsync(Engine.Sqlite), migrate: true, port);

        var ended = await ingest.RunToEndAsync();

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Output.Split('\n'), Has.One.EqualTo($"ingest cannot start: Failed to bind to address http://127.0.0.1:{port}: address already in use."));
    }

    private static ServiceProcess Ingest(string database, bool migrate = false, int? port = null) => new("Ingest", new Dictionary<string, string>
    {
        ["Broker"] = "memory",
        ["Database"] = database,
        ["MigrateOnStart"] = migrate ? "true" : "false",
    }, port);
}
