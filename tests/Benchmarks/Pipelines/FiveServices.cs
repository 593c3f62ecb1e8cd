using Npgsql;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>The suite: five processes on RabbitMQ and PostgreSQL.</summary>
public sealed class FiveServices : Pipeline
{
    private readonly ServerPair servers;
    private readonly NpgsqlDataSource database;
    private readonly List<(string Service, ServiceProcess Process)> replicas = [];

    private FiveServices(ServerPair servers, FiveProcesses processes)
    {
        (this.servers, Processes) = (servers, processes);
        database = NpgsqlDataSource.Create(processes.Database);
        Gateway = new EmulatedGateway(processes.Emulator);
    }

    public override string Name => "suite";
    public override int Port => Processes["Ingest"].Port;
    public override EmulatedGateway Gateway { get; }

    /// <summary>The processes, to stop and start.</summary>
    public FiveProcesses Processes { get; }

    /// <summary>Processes beside the first of each service.</summary>
    public IReadOnlyList<ServiceProcess> Replicas => replicas.ConvertAll(replica => replica.Process);

    /// <summary>Its database, as the superuser.</summary>
    public NpgsqlDataSource Database => database;

    public override IReadOnlyList<Part> Parts =>
    [
        .. FiveProcesses.Services.Select(service => new Part(service, PartKind.Service, Processes[service].ProcessId)),
        .. replicas.Select((replica, i) => new Part($"{replica.Service} {i + 2}", PartKind.Service, replica.Process.ProcessId)),
        .. servers.Parts,
        new("GatewayEmulator", PartKind.Gateway, Processes["GatewayEmulator"].ProcessId),
    ];

    public static async Task<FiveServices> StartAsync(string folder)
    {
        var servers = await ServerPair.StartAsync();
        try
        {
            return new(servers, await FiveProcesses.StartAsync(Options(folder, servers.Postgres, servers.Rabbit)));
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public override Task<(int Count, DateTimeOffset Last)> FinishedAsync(DateTimeOffset since) => ServerPair.FinishedAsync(database, since);

    public override async Task<DatabaseWork?> WorkAsync() => await DatabaseWork.ReadAsync(database);

    public override Task SettleAsync() => ServerPair.SettleAsync(database);

    /// <summary>Starts another process of a service, which takes its part of the work from then on.</summary>
    public async Task AddReplicaAsync(string service)
    {
        var replica = Processes.Replica(service);
        await replica.StartAsync();
        replicas.Add((service, replica));
    }

    /// <summary>Stops them, in order.</summary>
    public async Task StopReplicasAsync()
    {
        foreach (var (_, process) in replicas)
            await process.StopAsync();
        replicas.Clear();
    }

    /// <summary>Ends the processes and counts what they wrote.</summary>
    public async Task<RowsWritten> EndAsync()
    {
        await Processes.DisposeAsync();
        return await RowsWritten.ReadAsync(database);
    }

    public override async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        await database.DisposeAsync();
        await servers.DisposeAsync();
    }
}
