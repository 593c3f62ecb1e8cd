namespace Recado.Tests.Infrastructure;

/// <summary>The five services and the gateway emulator as processes, with a database and a virtual host of their own.</summary>
public sealed class FiveProcesses : IAsyncDisposable
{
    /// <summary>The five, in the order of the pipeline.</summary>
    public static readonly IReadOnlyList<string> Services =
        ["Ingest", "Normalizer", "AutomationMatcher", "TemplateRenderer", "WhatsAppDispatcher"];

    /// <summary>The services own nothing in the database: the wall between stores holds for them too.</summary>
    private const string RuntimeRole = "recado_services";

    private const string EmulatorName = "GatewayEmulator";
    private readonly Dictionary<string, ServiceProcess> processes;
    private readonly List<ServiceProcess> replicas = [];
    private readonly Func<string, int?, ServiceProcess> make;

    private FiveProcesses(Addresses direct, Addresses reached, FiveProcessesOptions options)
    {
        (Database, Broker) = direct;
        var (database, broker) = reached;
        var ports = Services.Append(EmulatorName).ToDictionary(name => name, _ => Ports.Free());
        var usual = new Dictionary<string, string>
        {
            ["Broker"] = broker,
            ["Database"] = new Npgsql.NpgsqlConnectionStringBuilder(database) { Username = RuntimeRole }.ConnectionString,
            ["Secrets__Key"] = TestKey.Value,
            ["Dispatcher__AllowPrivateGateways"] = "127.0.0.1",
            ["Bootstrap"] = options.Bootstrap,
            ["GatewayUrl"] = $"http://127.0.0.1:{ports[EmulatorName]}",
            ["Emulator__Callbacks__*"] = $"http://127.0.0.1:{ports["Ingest"]}/webhooks/ezapi/{options.CallbackToken}",
        };
        // A setting may name another's port: {Ingest}.
        string Filled(string value) => ports.Aggregate(value, (text, each) => text.Replace($"{{{each.Key}}}", $"{each.Value}", StringComparison.Ordinal));
        make = (service, port) => new ServiceProcess(
            service, options.SettingsOf(service, usual).ToDictionary(each => each.Key, each => Filled(each.Value)), port, options.Configuration);
        processes = ports.ToDictionary(each => each.Key, each => make(each.Key, each.Value));
        Gateway = new GatewayMessages(Emulator);
    }

    /// <summary>Of this set alone, for looking into, as the superuser.</summary>
    public string Database { get; }

    /// <summary>The AMQP address of this set alone.</summary>
    public string Broker { get; }

    /// <summary>Talks to Ingest.</summary>
    public HttpClient Ingest => this["Ingest"].Http;

    /// <summary>Talks to AutomationMatcher, which answers with timelines.</summary>
    public HttpClient Timeline => this["AutomationMatcher"].Http;

    /// <summary>Talks to the emulator.</summary>
    public HttpClient Emulator => this[EmulatorName].Http;

    /// <summary>What the emulator has accepted, and its behaviour.</summary>
    public GatewayMessages Gateway { get; }

    /// <summary>One process, by the name of its project, to kill it and to start it again.</summary>
    public ServiceProcess this[string service] => processes[service];

    /// <summary>Migrates a fresh database and starts nothing: the caller does, in its own order.</summary>
    public static async Task<FiveProcesses> PrepareAsync(FiveProcessesOptions options)
    {
        var (direct, reached) = await AddressesAsync(options, $"t{Guid.NewGuid():N}");
        var all = new FiveProcesses(direct, reached, options);
        await all.MigrateAsync();
        return all;
    }

    /// <summary>The emulator alone: it needs none of the others.</summary>
    public Task StartEmulatorAsync() => this[EmulatorName].StartAsync();

    /// <summary>Migrates a fresh database, starts everything, and waits until all is ready.</summary>
    public static async Task<FiveProcesses> StartAsync(FiveProcessesOptions? options = null)
    {
        var all = await PrepareAsync(options ?? new FiveProcessesOptions());
        try
        {
            await Task.WhenAll(all.processes.Values.Select(process => process.StartAsync()));
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
        return all;
    }

    /// <summary>Another process of the same service, not yet started: they share the work.</summary>
    public ServiceProcess Replica(string service)
    {
        var replica = make(service, null);
        replicas.Add(replica);
        return replica;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync(string service) => this[service].KillAsync();

    /// <summary>kill -9 if it still runs, and a start.</summary>
    public async Task RestartAsync(string service)
    {
        if (this[service].IsRunning)
            await KillAsync(service);
        await this[service].StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values.Concat(replicas))
            await process.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    private async Task MigrateAsync()
    {
        var runs = Services.Select(async service => (service, ended: await this[service].RunToEndAsync("migrate", $"--Database={Database}", $"--RuntimeRole={RuntimeRole}")));
        foreach (var (service, ended) in await Task.WhenAll(runs))
        {
            if (ended.ExitCode != 0)
                throw new InvalidOperationException($"{service} migrate ended with {ended.ExitCode}:\n{ended.Output}");
        }
    }

    private sealed record Addresses(string Database, string Broker);

    /// <summary>The servers' own addresses, and those by which the processes reach them.</summary>
    private static async Task<(Addresses Direct, Addresses Reached)> AddressesAsync(FiveProcessesOptions options, string name)
    {
        var postgres = options.Postgres ?? await Servers.PostgresAsync();
        await postgres.CreateRoleAsync(RuntimeRole);
        await postgres.CreateDatabaseAsync(name);
        var rabbit = options.RabbitMq ?? await Servers.RabbitMqAsync();
        var virtualHost = options.RabbitMq is null ? name : "";
        if (options.RabbitMq is null)
            await rabbit.AddVirtualHostAsync(name);
        return (new(postgres.ConnectionString(name), rabbit.AmqpUri(virtualHost)),
            new(postgres.ConnectionString(name, options.PostgresPort), rabbit.AmqpUri(virtualHost, options.RabbitMqPort)));
    }
}
