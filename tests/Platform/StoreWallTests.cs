using System.Data.Common;
using Npgsql;
using Recado.AutomationMatcher;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Platform.Data;
using Recado.TemplateRenderer;
using Recado.Tests.Infrastructure;
using Recado.WhatsAppDispatcher;

namespace Recado.Tests.Platform;

/// <summary>The second wall between stores, on PostgreSQL: what it hides does not depend on any query being right.</summary>
public sealed class StoreWallTests
{
    private const string Owner = "recado_test_owner";
    private const string Services = "recado_test_services";

    private static readonly IService[] All =
        [new IngestService(), new NormalizerService(), new AutomationMatcherService(), new TemplateRendererService(), new WhatsAppDispatcherService()];

    private PostgresServer server = null!;
    private string name = null!;
    private List<string> tables = null!;

    [OneTimeSetUp]
    public async Task MigrateAsync()
    {
        server = await Servers.PostgresAsync();
        await server.CreateRoleAsync(Owner);
        await server.CreateRoleAsync(Services);
        name = $"wall-{Guid.NewGuid():N}";
        await server.CreateDatabaseAsync(name, Owner);
        foreach (var service in All)
            await (await HostInProcess.PrepareAsync(service, server.ConnectionString(name, Owner), settings: [("RuntimeRole", Services), ("Bootstrap", "")])).DisposeAsync();
        await using var superuser = await ConnectAsync(server.ConnectionString(name));
        tables = await ListAsync(superuser,
            """
            select format('%I.%I', table_schema, table_name) from information_schema.columns
            where column_name = 'store_id' and table_schema not in ('pg_catalog', 'information_schema') order by 1
            """);
        foreach (var table in tables)
            await FillAsync(superuser, table);
    }

    [Test]
    public void It_stands_around_every_table_with_a_store() => Assert.That(tables, Is.SupersetOf(new[]
    {
        "ingest.webhooks", "ingest.credentials", "normalizer.quarantine", "normalizer.drift", "automation_matcher.contacts", "automation_matcher.contact_keys",
        "automation_matcher.events", "automation_matcher.journeys", "automation_matcher.timeline", "template_renderer.templates",
        "whatsapp_dispatcher.messages", "whatsapp_dispatcher.gateways", "whatsapp_dispatcher.cancellations", "whatsapp_dispatcher.parked_receipts",
    }));

    [TestCase(Services)]
    [TestCase(Owner)]
    public async Task A_session_that_does_not_say_for_whom_it_acts_sees_and_changes_nothing(string role)
    {
        await using var session = await ConnectAsync(server.ConnectionString(name, role));
        foreach (var acts in (string?[])[null, "", "*", "alpha", "store:", "store:%", "SERVICE"])
        {
            await ActAsync(session, acts);
            foreach (var table in tables)
            {
                Assert.That(await ListAsync(session, $"select store_id from {table}"), Is.Empty, $"{table}, {acts}");
                Assert.That(await RunAsync(session, $"update {table} set store_id = store_id"), Is.Zero, $"{table}, {acts}");
                Assert.That(await RunAsync(session, $"delete from {table}"), Is.Zero, $"{table}, {acts}");
            }
        }
    }

    [TestCase(Services)]
    [TestCase(Owner)]
    public async Task A_session_that_acts_for_a_store_sees_that_stores_rows_only(string role)
    {
        await using var session = await ConnectAsync(server.ConnectionString(name, role));
        await ActAsync(session, "store:alpha");
        foreach (var table in tables)
        {
            Assert.That(await ListAsync(session, $"select store_id from {table}"), Is.EqualTo(new[] { "alpha" }), table);
            Assert.That(await RunAsync(session, $"update {table} set store_id = store_id"), Is.EqualTo(1), table);
        }
        await ActAsync(session, "service");
        foreach (var table in tables)
            Assert.That(await ListAsync(session, $"select store_id from {table} order by 1"), Is.EqualTo(new[] { "alpha", "beta" }), table);
    }

    [Test]
    public async Task A_session_that_acts_for_a_store_gives_no_row_to_another()
    {
        await using var session = await ConnectAsync(server.ConnectionString(name, Services));
        await ActAsync(session, "store:alpha");
        foreach (var table in tables)
            Assert.That(async () => await RunAsync(session, $"update {table} set store_id = 'gamma'"),
                Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("42501"), table);
    }

    [Test]
    public async Task A_query_that_forgets_the_store_shows_only_whom_it_acts_for()
    {
        await using var database = new NormalizerDatabase(Microsoft.Extensions.Options.Options.Create(new DatabaseOptions { Database = server.ConnectionString(name, Services) }), TimeProvider.System);

        Assert.That(await database.Of("alpha").QueryAsync("select store_id from quarantine", Text, default), Is.EqualTo(new[] { "alpha" }));
        Assert.That(await database.Of("alpha").InTransactionAsync(transaction => transaction.QueryAsync("update quarantine set reason = reason returning store_id", Text, default), default), Is.EqualTo(new[] { "alpha" }));
        Assert.That(await database.Of("nobody").QueryAsync("select store_id from quarantine", Text, default), Is.Empty);
        // The connections go back to the pool: none of them may still act for a store, or act for it too long.
        Assert.That(await database.QueryAsync("select store_id from quarantine order by 1", Text, default), Is.EqualTo(new[] { "alpha", "beta" }));
    }

    [TestCase("create table mine (x int)")]
    [TestCase("create table ingest.mine (x int)")]
    [TestCase("create schema mine")]
    [TestCase("create extension pg_trgm")]
    [TestCase("alter table ingest.webhooks add column mine int")]
    [TestCase("alter table ingest.webhooks disable row level security")]
    [TestCase("alter table ingest.webhooks no force row level security")]
    [TestCase("alter policy stores_apart on ingest.webhooks using (true)")]
    [TestCase("drop policy stores_apart on ingest.webhooks")]
    [TestCase("drop table ingest.webhooks")]
    [TestCase("truncate ingest.webhooks")]
    [TestCase("create index mine on ingest.webhooks (source)")]
    [TestCase("insert into ingest.schema_migrations (name, applied_at) values ('x', now())")]
    [TestCase("delete from ingest.schema_migrations")]
    [TestCase("copy ingest.webhooks to program 'cat'")]
    [TestCase("copy ingest.webhooks to '/tmp/mine'")]
    [TestCase("create role mine")]
    [TestCase("alter role " + Services + " superuser")]
    [TestCase("alter role " + Services + " bypassrls")]
    [TestCase("set role " + Owner)]
    [TestCase("select pg_read_file('/etc/passwd')")]
    [TestCase("select * from pg_authid")]
    public async Task The_services_role_may_not(string sql)
    {
        await using var session = await ConnectAsync(server.ConnectionString(name, Services));

        Assert.That(async () => await RunAsync(session, sql), Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("42501"));
    }

    [Test]
    public async Task The_services_role_is_nothing_special()
    {
        await using var session = await ConnectAsync(server.ConnectionString(name, Services));

        Assert.That(await ListAsync(session, "select concat(rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication) from pg_roles where rolname = current_user"), Is.EqualTo(new[] { "fffff" }));
        Assert.That(await ListAsync(session, "select relname::text from pg_class where pg_has_role(relowner, 'usage') and relkind in ('r', 'p', 'v')"), Is.Empty);
    }

    [Test]
    public async Task A_new_table_without_it_stops_the_start()
    {
        var connection = await FreshDatabase.CreateAsync(Engine.Postgres);
        await using var host = await HostInProcess.PrepareAsync(new IngestService(), connection);
        var database = host.Get<IngestDatabase>();
        await database.InTransactionAsync(transaction => transaction.ExecuteAsync("create table forgotten (store_id text not null)", default), default);

        Assert.That(await new Migrations(database).PendingAsync(default), Is.EqualTo(new[] { "row level security of forgotten" }));
        Assert.That(async () => await HostInProcess.PrepareAsync(new IngestService(), connection, settings: ("MigrateOnStart", "false")),
            Throws.Exception.Message.EqualTo("migrations are pending (row level security of forgotten): run this service once with the verb 'migrate'."));
        Assert.That(await new Migrations(database).ApplyAsync(DateTimeOffset.UtcNow, default), Is.EqualTo(new[] { "row level security of forgotten" }));
        Assert.That(await new Migrations(database).PendingAsync(default), Is.Empty);
    }

    private static string Text(DbDataReader row) => row.GetString(0);

    private static async Task<NpgsqlConnection> ConnectAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static Task ActAsync(NpgsqlConnection session, string? acts) => acts is null ? Task.CompletedTask : RunAsync(session, $"set recado.acts_for = '{acts}'");

    private static async Task<int> RunAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>One row of each of two stores, of whatever the columns take.</summary>
    private static async Task FillAsync(NpgsqlConnection superuser, string table)
    {
        foreach (var check in await ListAsync(superuser, $"select conname::text from pg_constraint where conrelid = '{table}'::regclass and contype = 'c'"))
            await RunAsync(superuser, $"alter table {table} drop constraint \"{check}\"");
        var columns = await ListAsync(superuser,
            $"""
            select attname || '|' || format_type(atttypid, null) from pg_attribute
            where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped and attnotnull and attname <> 'store_id'
            """);
        foreach (var store in (string[])["alpha", "beta"])
            await RunAsync(superuser,
                $"""
                insert into {table} (store_id{string.Concat(columns.Select(column => $", {column.Split('|')[0]}"))})
                values ('{store}'{string.Concat(columns.Select(column => $", {ValueOf(column.Split('|')[1])}"))})
                """);
    }

    private static string ValueOf(string type) => type switch
    {
        "uuid" => "gen_random_uuid()",
        "timestamp with time zone" => "now()",
        "integer" or "bigint" => "1",
        "boolean" => "false",
        "bytea" => "'x'",
        _ => "gen_random_uuid()::text",
    };
}
