using Npgsql;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>A PostgreSQL and a RabbitMQ that serve one pipeline alone, as they come: nothing about durability is switched off.</summary>
public sealed class ServerPair : IAsyncDisposable
{
    private ServerPair(PostgresServer postgres, RabbitMqServer rabbit) => (Postgres, Rabbit) = (postgres, rabbit);

    public PostgresServer Postgres { get; }
    public RabbitMqServer Rabbit { get; }

    public IEnumerable<Part> Parts => [new("RabbitMQ", PartKind.Broker, Rabbit.ProcessId), new("PostgreSQL", PartKind.Database, Postgres.ProcessId)];

    public static async Task<ServerPair> StartAsync()
    {
        var pair = new ServerPair(await Servers.NewPostgresAsync(), await Servers.NewRabbitMqAsync());
        try
        {
            await Task.WhenAll(pair.Postgres.StartAsync(), pair.Rabbit.StartAsync());
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
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
