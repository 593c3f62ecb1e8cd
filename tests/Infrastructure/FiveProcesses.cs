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

    private FiveProcesses(string database, string broker, FiveProcessesOptions options)
    {
        (Database, Broker) = (database, broker);
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
        processes = ports.ToDictionary(
            each => each.Key, each => new ServiceProcess(each.Key, options.SettingsOf(each.Key, usual), each.Value));
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

    /// <summary>Migrates a fresh database, starts everything, and waits until all is ready.</summary>
    public static async Task<FiveProcesses> StartAsync(FiveProcessesOptions? options = null)
    {
        options ??= new FiveProcessesOptions();
        var name = $"t{Guid.NewGuid():N}";
        var database = DatabaseAsync(options, name);
        var broker = BrokerAsync(options, name);
        var all = new FiveProcesses(await database, await broker, options);
        try
        {
            await all.MigrateAsync();
            await Task.WhenAll(all.processes.Values.Select(process => process.StartAsync()));
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
        return all;
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
        foreach (var process in processes.Values)
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

    private static async Task<string> DatabaseAsync(FiveProcessesOptions options, string name)
    {
        var server = options.Postgres ?? await Servers.PostgresAsync();
        await server.CreateRoleAsync(RuntimeRole);
        await server.CreateDatabaseAsync(name);
        return server.ConnectionString(name);
    }

    private static async Task<string> BrokerAsync(FiveProcessesOptions options, string name)
    {
        if (options.RabbitMq is { } own)
            return own.AmqpUri();
        var server = await Servers.RabbitMqAsync();
        await server.AddVirtualHostAsync(name);
        return server.AmqpUri(name);
    }
}
