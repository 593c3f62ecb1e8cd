using System.Globalization;
using Npgsql;

namespace Recado.Tests.Infrastructure;

public sealed class PostgresServerTests
{
    private PostgresServer server = null!;

    [OneTimeSetUp]
    public async Task Start_a_private_server()
    {
        server = await Servers.NewPostgresAsync("fsync=off", "work_mem=5MB");
        await server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop_it() => await server.DisposeAsync();

    [Test]
    public async Task It_starts_with_its_settings_and_commits_synchronously()
    {
        Assert.That(await ScalarAsync("postgres", "show fsync"), Is.EqualTo("off"));
        Assert.That(await ScalarAsync("postgres", "show work_mem"), Is.EqualTo("5MB"));
        Assert.That(await ScalarAsync("postgres", "show synchronous_commit"), Is.EqualTo("on"));
    }

    [Test]
    public async Task A_new_database_is_empty()
    {
        await server.CreateDatabaseAsync("fresh");

        var tables = await ScalarAsync("fresh", "select count(*) from pg_tables where schemaname = 'public'");

        Assert.That(tables, Is.EqualTo("0"));
    }

    [Test]
    public async Task Data_survives_a_stop_and_a_start()
    {
        await ScalarAsync("postgres", "create table stopped (id int); insert into stopped values (7)");

        await server.StopAsync();
        Assert.That(await server.AnswersAsync(), Is.False);
        await server.StartAsync();

        Assert.That(await ScalarAsync("postgres", "select id from stopped"), Is.EqualTo("7"));
    }

    [Test]
    public async Task Data_survives_a_kill_while_clients_are_connected()
    {
        await ScalarAsync("postgres", "create table killed (id int); insert into killed values (8)");
        await using var connected = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connected.OpenAsync();

        await server.KillAsync();
        Assert.That(await server.AnswersAsync(), Is.False);
        await server.StartAsync();

        Assert.That(await ScalarAsync("postgres", "select id from killed"), Is.EqualTo("8"));
    }

    [Test]
    public async Task The_shared_server_is_one()
    {
        var first = await Servers.PostgresAsync();
        var second = await Servers.PostgresAsync();

        Assert.That(second, Is.SameAs(first));
        Assert.That(await first.AnswersAsync(), Is.True);
    }

    private async Task<string?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
