using System.Collections.Concurrent;
using Npgsql;
using Recado.Tests.Infrastructure;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture;

/// <summary>PostgreSQL and RabbitMQ of a run, each behind a proxy, and on them the five services and the emulator, which is the witness and is never touched.</summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>The build that has crash points and planted bugs.</summary>
    public const string Configuration = "Faults";

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(3);

    /// <summary>What one dead dispatcher may leave in doubt.</summary>
    public const int Hands = 16;

    private readonly string folder = Directory.CreateTempSubdirectory("recado-torture-").FullName;

    private World(PostgresServer postgres, RabbitMqServer rabbit) =>
        (Postgres, Rabbit, PostgresProxy, RabbitProxy) = (postgres, rabbit, new FaultProxy(postgres.Port), new FaultProxy(rabbit.Port));

    public PostgresServer Postgres { get; }
    public RabbitMqServer Rabbit { get; }
    public FaultProxy PostgresProxy { get; }
    public FaultProxy RabbitProxy { get; }
    public FiveProcesses Processes { get; private set; } = null!;

    /// <summary>Seen from the broker: when it last started without any queue.</summary>
    public DateTimeOffset EmptySince { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>Starts the servers and migrates; of the programs only the emulator runs yet.</summary>
    /// <param name="settings">Of all services, over the usual ones.</param>
    public static async Task<World> StartAsync(string? plantedBug, IReadOnlyDictionary<string, string>? settings = null)
    {
        // The checks compare what was decided with when something else was committed.
        var world = new World(await Servers.NewPostgresAsync("track_commit_timestamp=on"), await Servers.NewRabbitMqAsync());
        try
        {
            await Task.WhenAll(world.Postgres.StartAsync(), world.Rabbit.StartAsync());
            world.Processes = await FiveProcesses.PrepareAsync(world.OptionsOf(plantedBug, settings ?? new Dictionary<string, string>()));
            await world.Processes.StartEmulatorAsync();
            await world.Processes.Gateway.BehaveAsync(UsualBehaviour);
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
        return world;
    }

    /// <summary>Echoes on, so that doubts are settled; one send in eight is slow, so that a dispatcher can die while it waits for the answer.</summary>
    public static object UsualBehaviour => Behaviour(new { fault = "slow", probability = 0.12, delayMs = 900 });

    /// <summary>The emulator's behaviour with these faults.</summary>
    public static object Behaviour(params object[] faults) => new
    {
        echo = true,
        receipts = new[] { new { type = "RECEIVED", delayMs = 100 }, new { type = "READ", delayMs = 300 } },
        faults,
    };

    /// <summary>
    /// A connection to the services' database that nobody has used before: one from a pool may have been idle while its
    /// server was killed, and says so only to the next who asks.
    /// </summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation = default)
    {
        var connection = new NpgsqlConnection(Processes.Database + ";Pooling=false;Timeout=3");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Waits until all say that they are ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        foreach (var service in FiveProcesses.Services)
        {
            if (!Processes[service].IsRunning)
                await RaiseAsync(Processes[service]);
            await Until.TrueAsync(Processes[service].IsReadyAsync, TimeSpan.FromSeconds(90), $"{service} is ready again");
        }
    }

    /// <summary>Processes that have ended by themselves, each with the last that it wrote.</summary>
    public ConcurrentQueue<(string Service, string LastWords)> Fallen { get; } = new();

    /// <summary>Notes that it has fallen, and starts it again as whoever runs it would.</summary>
    public async Task RaiseAsync(ServiceProcess process)
    {
        Fallen.Enqueue((process.Service, string.Join('\n', process.Output.Split('\n').TakeLast(12).Select(line => $"      {line[..Math.Min(300, line.Length)]}"))));
        await process.LaunchAsync();
    }

    /// <summary>Waits until somebody listens to every queue: a service may say that it is ready and have lost one.</summary>
    public async Task WaitForConsumersAsync()
    {
        await WaitUntilReadyAsync();
        await Listeners.AwaitAsync(Processes.Broker, CrashPoint.QueueNames, TimeSpan.FromSeconds(60));
    }

    /// <summary>A folder that goes with the run.</summary>
    public string Folder => folder;

    public async ValueTask DisposeAsync()
    {
        if (Processes is not null)
            await Processes.DisposeAsync();
        await RabbitProxy.DisposeAsync();
        await PostgresProxy.DisposeAsync();
        await Rabbit.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private FiveProcessesOptions OptionsOf(string? plantedBug, IReadOnlyDictionary<string, string> more)
    {
        var settings = new Dictionary<string, string>(more)
        {
            ["Dispatcher__Lease"] = $"{Lease:c}",
            ["Dispatcher__ProbeEvery"] = "00:00:05",
            ["Dispatcher__SendTimeout"] = $"{SendTimeout:c}",
            ["Dispatcher__Concurrency"] = $"{Hands}",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (plantedBug is not null)
            settings["PLANTED_BUG"] = plantedBug;
        foreach (var store in Store.All)
            settings[$"Emulator__Callbacks__{store.Instance}"] = $"http://127.0.0.1:{{Ingest}}/webhooks/ezapi/{store.CallbackToken}";
        return new FiveProcessesOptions
        {
            Bootstrap = Bundle.Write(folder),
            Settings = settings,
            Postgres = Postgres,
            PostgresPort = PostgresProxy.Port,
            RabbitMq = Rabbit,
            RabbitMqPort = RabbitProxy.Port,
            Configuration = Configuration,
        };
    }
}
