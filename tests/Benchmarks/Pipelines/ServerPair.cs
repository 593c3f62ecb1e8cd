using Npgsql;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>A PostgreSQL and a RabbitMQ that serve one pipeline alone, as they come, but for files of the log that are used again: nothing about durability is switched off.</summary>
public sealed class ServerPair : IAsyncDisposable
{
    private ServerPair(PostgresServer postgres, RabbitMqServer rabbit) => (Postgres, Rabbit) = (postgres, rabbit);

    public PostgresServer Postgres { get; }
    public RabbitMqServer Rabbit { get; }

    public IEnumerable<Part> Parts => [new("RabbitMQ", PartKind.Broker, Rabbit.ProcessId), new("PostgreSQL", PartKind.Database, Postgres.ProcessId)];

    public static async Task<ServerPair> StartAsync()
    {
        var pair = new ServerPair(await Servers.NewPostgresAsync("min_wal_size=1GB", "max_wal_size=4GB"), await Servers.NewRabbitMqAsync());
        try
        {
            await Task.WhenAll(pair.Postgres.StartAsync(), pair.Rabbit.StartAsync());
            await UseOneGigabyteOfLogAsync(pair.Postgres);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A database that has run for a day writes its log into old files; a new one makes a file for every 16 MB, and fills it
    /// with zeros first, while all commits wait: at 130 events/s for 60 ms every 3 s.
    /// </summary>
    private static async Task UseOneGigabyteOfLogAsync(PostgresServer postgres)
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString("postgres"));
        for (var file = 0; file < 62; file++)
        {
            await using var something = database.CreateCommand("select pg_logical_emit_message(false, 'benchmark', '')");
            await something.ExecuteNonQueryAsync();
            await using var next = database.CreateCommand("select pg_switch_wal()");
            await next.ExecuteNonQueryAsync();
        }
        await using var checkpoint = database.CreateCommand("checkpoint");
        await checkpoint.ExecuteNonQueryAsync();
    }

    /// <inheritdoc cref="Pipeline.SettleAsync"/>
    public static async Task SettleAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("vacuum analyze");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Events whose last step is on the timeline; its time is the service's own, so asking late changes nothing.</summary>
    public static async Task<(int Count, DateTimeOffset Last)> FinishedAsync(NpgsqlDataSource database, DateTimeOffset since)
    {
        await using var command = database.CreateCommand(
            "select count(*)::int, coalesce(max(recorded_at), $1) from automation_matcher.timeline where what = 'read' and recorded_at >= $1");
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1));
    }

    public async ValueTask DisposeAsync()
    {
        await Rabbit.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
