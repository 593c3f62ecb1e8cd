using Recado.AutomationMatcher;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Platform.Data;
using Recado.TemplateRenderer;
using Recado.WhatsAppDispatcher;

namespace Recado.Tests.Platform;

public sealed class MigrationTests
{
    private static readonly IService[] Services =
        [new IngestService(), new NormalizerService(), new AutomationMatcherService(), new TemplateRendererService(), new WhatsAppDispatcherService()];

    [TestCase(Engine.Postgres)]
    [TestCase(Engine.Sqlite)]
    public async Task They_are_applied_once(Engine engine)
    {
        var connection = await FreshDatabase.CreateAsync(engine);
        await using var host = await HostInProcess.PrepareAsync(new IngestService(), connection);
        var migrations = new Migrations(host.Get<IngestDatabase>());

        Assert.That(await migrations.PendingAsync(default), Is.Empty);
        Assert.That(await migrations.ApplyAsync(DateTimeOffset.UtcNow, default), Is.Empty);
        Assert.That(await host.Get<IngestDatabase>().QueryAsync("select name from schema_migrations order by name", row => row.GetString(0), default),
            Is.EqualTo(new[] { "ingest/0001_webhooks", "ingest/0002_credential_ends", "ingest/0003_conflicts", "platform/0001_outbox_inbox", "platform/0002_refill_and_dead_letters" }));
    }

    [Test]
    public async Task Of_several_processes_one_applies_them_and_the_others_find_nothing_to_do()
    {
        var connection = await FreshDatabase.CreateAsync(Engine.Postgres);
        var databases = Enumerable.Range(0, 4).Select(_ => new IngestDatabase(Microsoft.Extensions.Options.Options.Create(new DatabaseOptions { Database = connection }), TimeProvider.System)).ToList();

        Assert.That(await new Migrations(databases[0]).PendingAsync(default), Is.EqualTo(new[] { "platform/0001_outbox_inbox", "platform/0002_refill_and_dead_letters", "ingest/0001_webhooks", "ingest/0002_credential_ends", "ingest/0003_conflicts" }));
        var applied = await Task.WhenAll(databases.Select(database => new Migrations(database).ApplyAsync(DateTimeOffset.UtcNow, default)));

        Assert.That(applied.Select(names => names.Count).Order(), Is.EqualTo(new[] { 0, 0, 0, 7 }), "five files and two tables with stores");
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Test]
    public async Task A_process_waits_for_another_s_migrations_longer_than_for_any_other_command()
    {
        var connection = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var other = Npgsql.NpgsqlDataSource.Create(connection);
        await using var holder = await other.OpenConnectionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("select pg_advisory_lock(7426523)", holder))
            await hold.ExecuteNonQueryAsync();
        await using var database = new IngestDatabase(Microsoft.Extensions.Options.Options.Create(new DatabaseOptions { Database = connection + ";Command Timeout=3" }), TimeProvider.System);

        var migrating = new Migrations(database).ApplyAsync(DateTimeOffset.UtcNow, default);
        await using var waits = other.CreateCommand(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory' and now() - query_start > interval '4 s')");
        await Recado.Tests.Infrastructure.Until.TrueAsync(async () => migrating.IsCompleted || await waits.ExecuteScalarAsync() is true, TimeSpan.FromSeconds(60), "it waits");
        await using (var release = new Npgsql.NpgsqlCommand("select pg_advisory_unlock(7426523)", holder))
            await release.ExecuteNonQueryAsync();

        Assert.That(await migrating, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task All_services_may_migrate_one_database_at_once()
    {
        var connection = await FreshDatabase.CreateAsync(Engine.Postgres);

        var hosts = await Task.WhenAll(Services.Select(service => HostInProcess.PrepareAsync(service, connection)));

        foreach (var host in hosts)
        {
            Assert.That(await new Migrations(host.Get<Database>()).PendingAsync(default), Is.Empty);
            await host.DisposeAsync();
        }
    }

    [TestCaseSource(nameof(Services))]
    public async Task Both_engines_get_the_same_tables(IService service)
    {
        var postgres = await ColumnsAsync(service, Engine.Postgres,
            "select table_name, column_name, is_nullable = 'NO' from information_schema.columns where table_schema = @schema order by table_name, ordinal_position");
        var sqlite = await ColumnsAsync(service, Engine.Sqlite,
            "select t.name, c.name, c.\"notnull\" = 1 or c.pk > 0 from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and @schema <> '' order by t.name, c.cid");

        Assert.That(postgres, Is.Not.Empty);
        Assert.That(sqlite, Is.EqualTo(postgres));
    }

    [TestCaseSource(nameof(Services))]
    public async Task Both_engines_get_the_same_indexes(IService service)
    {
        var postgres = await ColumnsAsync(service, Engine.Postgres,
            "select tablename, indexname, true from pg_indexes where schemaname = @schema and indexname not like '%_pkey' order by tablename, indexname");
        var sqlite = await ColumnsAsync(service, Engine.Sqlite,
            "select tbl_name, name, true from sqlite_master where type = 'index' and sql is not null and @schema <> '' order by tbl_name, name");

        Assert.That(sqlite, Is.EqualTo(postgres));
    }

    private static async Task<List<string>> ColumnsAsync(IService service, Engine engine, string query)
    {
        await using var host = await HostInProcess.PrepareAsync(service, await FreshDatabase.CreateAsync(engine));
        var database = host.Get<Database>();
        return await database.QueryAsync(query, row => $"{row.GetString(0)}.{row.GetString(1)} {(row.GetBoolean(2) ? "not null" : "null")}", default, ("schema", database.Schema));
    }
}
