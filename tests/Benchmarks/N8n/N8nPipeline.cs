using Npgsql;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>
/// The same job in n8n, on a PostgreSQL and an emulator of its own. In regular mode its one process does everything; in queue
/// mode it passes the work to workers by way of Redis. Its events end when the gateway has accepted their message: it has no receipts.
/// </summary>
internal sealed class N8nPipeline : Pipeline
{
    private readonly PostgresServer postgres;
    private readonly LocalRedis? redis;
    private readonly ServiceProcess emulator = new("GatewayEmulator", LoadSettings);
    private readonly List<N8nProcess> workers = [];
    private NpgsqlDataSource? database;
    private N8nProcess? main;

    private N8nPipeline(PostgresServer postgres, LocalRedis? redis)
    {
        (this.postgres, this.redis) = (postgres, redis);
        Gateway = new EmulatedGateway(emulator.Http);
    }

    public override string Name => redis is null ? "n8n" : "n8n queue";

    public override int Port => main!.Port;

    public override EmulatedGateway Gateway { get; }

    /// <summary>n8n keeps <c>/api</c> for itself.</summary>
    public override string PartnerRoute => "/webhooks/partners/acme/events";

    public int Workers => workers.Count;

    public override IReadOnlyList<Part> Parts =>
    [
        new("main", PartKind.Service, main!.Id),
        .. workers.Select((worker, index) => new Part($"worker {index + 1}", PartKind.Service, worker.Id)),
        .. redis is null ? (Part[])[] : [new("Redis", PartKind.Broker, redis.ProcessId)],
        new("PostgreSQL", PartKind.Database, postgres.ProcessId),
        new("GatewayEmulator", PartKind.Gateway, emulator.ProcessId),
    ];

    private N8nServers Servers => new(postgres.Port, redis?.Port);

    /// <param name="queue">With Redis and one worker; without, in regular mode.</param>
    public static async Task<N8nPipeline> StartAsync(bool queue)
    {
        var n8n = new N8nPipeline(await Infrastructure.Servers.NewPostgresAsync(), queue ? new() : null);
        try
        {
            await n8n.StartAsync();
            return n8n;
        }
        catch
        {
            await n8n.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another worker, which takes its share of the work.</summary>
    public async Task AddWorkerAsync() => workers.Add(await N8nProcess.StartWorkerAsync(Servers, RunFolder.New("n8n")));

    /// <summary>Ends the worker that came last.</summary>
    public async Task RemoveWorkerAsync()
    {
        await workers[^1].StopAsync();
        await workers[^1].DisposeAsync();
        workers.RemoveAt(workers.Count - 1);
    }

    public override Task<long> SeenByGatewayAsync() => Gateway.MessagesAsync();

    public override async Task<(int Count, DateTimeOffset Last)> FinishedAsync(DateTimeOffset since)
    {
        var accepted = await Gateway.AcceptedAsync();
        return (accepted.Count, accepted.Count == 0 ? since : accepted.Values.Max());
    }

    public override async Task<DatabaseWork?> WorkAsync() => await DatabaseWork.ReadAsync(database!);

    public override async Task SettleAsync()
    {
        await ServerPair.SettleAsync(database!);
        await using var own = NpgsqlDataSource.Create(postgres.ConnectionString("n8n"));
        await ServerPair.SettleAsync(own);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
        if (main is not null)
            await main.DisposeAsync();
        await emulator.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await Task.WhenAll(postgres.StartAsync(), emulator.StartAsync(), redis?.StartAsync() ?? Task.CompletedTask);
        await postgres.CreateDatabaseAsync("n8n");
        await postgres.CreateDatabaseAsync("shop");
        database = NpgsqlDataSource.Create(postgres.ConnectionString("shop"));
        await using (var command = database.CreateCommand(await File.ReadAllTextAsync(Path.Combine(N8nInstallation.Folder, "shop.sql"))))
            await command.ExecuteNonQueryAsync();
        var folder = RunFolder.New("n8n");
        await ImportAsync(folder);
        main = await N8nProcess.StartMainAsync(Servers, folder);
        if (redis is not null)
            await AddWorkerAsync();
    }

    /// <summary>The first of these commands makes n8n's tables.</summary>
    private async Task ImportAsync(string folder)
    {
        var credentials = Fill("credentials.json", folder, "5432", postgres.Port);
        var workflows = Fill("workflows.json", folder, "8090", emulator.Port);
        await N8nProcess.RunAsync(Servers, folder, "Successfully imported", "import:credentials", $"--input={credentials}");
        await N8nProcess.RunAsync(Servers, folder, "Successfully imported", "import:workflow", $"--input={workflows}");
        foreach (var id in (string[])["abandoned-cart", "payment-failed"])
            await N8nProcess.RunAsync(Servers, folder, "Changes will not take effect", "publish:workflow", $"--id={id}");
    }

    /// <summary>A copy of a file with the port that a server really has.</summary>
    private static string Fill(string file, string folder, string usualPort, int port)
    {
        var copy = Path.Combine(folder, file);
        File.WriteAllText(copy, File.ReadAllText(Path.Combine(N8nInstallation.Folder, file)).Replace(usualPort, $"{port}", StringComparison.Ordinal));
        return copy;
    }
}
