using Npgsql;
using Recado.Tests.Benchmarks.Bare;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>The yardstick: the process of <see cref="BareHost"/> on servers and an emulator of its own, and on the tables that the suite's own migrations make.</summary>
public sealed class BarePipeline : Pipeline
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ServerPair servers;
    private readonly FiveProcesses processes;
    private readonly NpgsqlDataSource database;
    private ChildProcess host;

    private BarePipeline(ServerPair servers, FiveProcesses processes)
    {
        (this.servers, this.processes) = (servers, processes);
        database = NpgsqlDataSource.Create(processes.Database);
        Gateway = new EmulatedGateway(processes.Emulator);
        host = Launch();
    }

    public override string Name => "bare";

    /// <summary>Where the emulator calls back.</summary>
    public override int Port => processes["Ingest"].Port;

    public override EmulatedGateway Gateway { get; }

    public override IReadOnlyList<Part> Parts =>
        [new("bare", PartKind.Service, host.Id), .. servers.Parts, new("GatewayEmulator", PartKind.Gateway, processes["GatewayEmulator"].ProcessId)];

    public static async Task<BarePipeline> StartAsync(string folder)
    {
        var servers = await ServerPair.StartAsync();
        try
        {
            var processes = await FiveProcesses.PrepareAsync(Options(folder, servers.Postgres, servers.Rabbit));
            await processes.StartEmulatorAsync();
            var bare = new BarePipeline(servers, processes);
            await bare.WaitUntilReadyAsync();
            return bare;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public override async Task<(int Count, DateTimeOffset Last)> FinishedAsync(DateTimeOffset since) => host.HasExited
        ? throw new InvalidOperationException($"The bare pipeline ended:\n{host.Tail}")
        : await ServerPair.FinishedAsync(database, since);

    /// <summary>kill -9, and another process in its place.</summary>
    public async Task KillAndStartAsync()
    {
        await host.KillAsync();
        await host.DisposeAsync();
        host = Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>One figure from its tables.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private ChildProcess Launch()
    {
        var settings = new BareSettings(Port, processes.Database, processes.Broker, $"http://127.0.0.1:{processes["GatewayEmulator"].Port}");
        return ChildProcess.Start(["dotnet", "exec", typeof(BarePipeline).Assembly.Location, BareHost.Verb, .. settings.ToArguments()]);
    }

    private async Task WaitUntilReadyAsync()
    {
        await Until.TrueAsync(() => host.HasExited || host.Output.Contains(BareHost.ReadyWord, StringComparison.Ordinal), Patience, "the bare pipeline is ready");
        if (host.HasExited)
            throw new InvalidOperationException($"The bare pipeline ended:\n{host.Tail}");
    }

    public override async Task<DatabaseWork?> WorkAsync() => await DatabaseWork.ReadAsync(database);

    public override Task SettleAsync() => ServerPair.SettleAsync(database);

    /// <summary>Ends the process and counts what it wrote.</summary>
    public async Task<RowsWritten> EndAsync()
    {
        await host.KillAsync();
        return await RowsWritten.ReadAsync(database);
    }

    public override async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await processes.DisposeAsync();
        await database.DisposeAsync();
        await servers.DisposeAsync();
    }
}
