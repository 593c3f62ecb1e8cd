using Npgsql;
using RabbitMQ.Client;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>Servers with migrated tables, on which single services are started; queues that nobody reads stand for the others.</summary>
public sealed class PartOfSuite : IAsyncDisposable
{
    private readonly ServerPair servers;

    private PartOfSuite(ServerPair servers, FiveProcesses processes)
    {
        (this.servers, Processes) = (servers, processes);
        Database = new NpgsqlDataSourceBuilder(processes.Database + ";Command Timeout=1800").Build();
    }

    public FiveProcesses Processes { get; }

    /// <summary>As the superuser, with patience for filling tables.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>One service and the servers.</summary>
    public IReadOnlyList<Part> PartsWith(string service) => [new(service, PartKind.Service, Processes[service].ProcessId), .. servers.Parts];

    public static async Task<PartOfSuite> PrepareAsync(string folder)
    {
        var servers = await ServerPair.StartAsync();
        try
        {
            return new(servers, await FiveProcesses.PrepareAsync(Pipeline.Options(folder, servers.Postgres, servers.Rabbit)));
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a kind of message as a service's quorum queue would, and forgets the oldest.</summary>
    public async Task SinkAsync(string wireName)
    {
        await using var connection = await new ConnectionFactory { Uri = new(Processes.Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(wireName, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync($"{wireName}.sink", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = 1000 });
        await channel.QueueBindAsync($"{wireName}.sink", wireName, "");
    }

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string sql, params (string Name, object Value)[] arguments)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var (name, value) in arguments)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One figure.</summary>
    public async Task<double> NumberAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        await Database.DisposeAsync();
        await servers.DisposeAsync();
    }
}
