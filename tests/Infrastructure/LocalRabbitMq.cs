namespace Recado.Tests.Infrastructure;

/// <summary>RabbitMQ from the programs installed on this machine, with a name server (epmd) of its own.</summary>
public sealed class LocalRabbitMq(bool management = false) : RabbitMqServer(management)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string home = RunFolder.New("rabbitmq");
    private readonly int nameServerPort = Ports.Free();
    private readonly int distributionPort = Ports.Free();
    private ChildProcess? nameServer;
    private ChildProcess? server;

    private string Node => $"recado-{Port}@localhost";

    private string Data => Path.Combine(home, "mnesia");

    public override int? ProcessId => server?.Id;

    public override async Task StartAsync()
    {
        var program = Programs.FindRabbitMq() ?? throw new InvalidOperationException(
            "rabbitmq-server was not found: install RabbitMQ, or start Docker, or run ./test, which does what is needed.");
        WriteConfiguration();
        // Left to itself RabbitMQ starts an epmd that stays behind for ever.
        nameServer ??= ChildProcess.Start([Programs.Find("epmd") ?? "epmd"], Variables());
        server = await LocalServer.StartAsync("RabbitMQ", () => ChildProcess.Start([program], Variables()), AnswersAsync);
    }

    public override async Task StopAsync()
    {
        if (server is not null)
            await server.StopAsync(ChildProcess.Terminate, Patience);
    }

    public override async Task KillAsync()
    {
        if (server is not null)
            await server.KillAsync();
    }

    public override Task WipeAsync()
    {
        if (server is { HasExited: false })
            throw new InvalidOperationException("Stop or kill the server first.");
        Directory.Delete(Data, recursive: true);
        return Task.CompletedTask;
    }

    public override Task AddVirtualHostAsync(string name) => CallAsync(
        $"ok = rpc:call('{Node}', rabbit_vhost, add, [<<\"{name}\">>, <<\"{Guest}\">>]), " +
        $"ok = rpc:call('{Node}', rabbit_auth_backend_internal, set_permissions, " +
        $"[<<\"{Guest}\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"{Guest}\">>])");

    public override Task BlockPublishersAsync(bool blocked) =>
        CallAsync($"ok = rpc:call('{Node}', rabbit_disk_monitor, set_disk_free_limit, [{(blocked ? "100000000000000" : "200000000")}])");

    public override Task CloseChannelsThatHoldAsync(TimeSpan longest) => CallAsync(string.Join(", ", SettingsOf(longest).Select(setting =>
        $"ok = rpc:call('{Node}', application, set_env, [rabbit, {setting.Key}, {setting.Value}])")));

    /// <summary>A bare Erlang that calls into the node takes a seventh of the time of rabbitmqctl.</summary>
    private async Task CallAsync(string program)
    {
        var ended = await ChildProcess.RunAsync(
            ["erl", "-noinput", "-hidden", "-sname", $"client-{Guid.NewGuid():N}@localhost", "-eval", program + ", halt(0)."], Patience, Variables());
        if (ended.ExitCode != 0)
            throw new InvalidOperationException($"RabbitMQ refused a call: {ended.Output}");
    }

    public override async ValueTask DisposeAsync()
    {
        // Its data goes with it, so there is nothing that an orderly shutdown could save.
        if (server is not null)
            await server.DisposeAsync();
        if (nameServer is not null)
            await nameServer.DisposeAsync();
        Directory.Delete(home, recursive: true);
    }

    private void WriteConfiguration()
    {
        File.WriteAllText(Path.Combine(home, "enabled_plugins"), ManagementPort is null ? "[]." : "[rabbitmq_management].");
        var configuration = "vm_memory_high_watermark.absolute = 2GB\ndisk_free_limit.absolute = 200MB\n";
        if (ManagementPort is { } port)
            configuration += $"management.tcp.port = {port}\nmanagement.tcp.ip = 127.0.0.1\n";
        File.WriteAllText(Path.Combine(home, "rabbitmq.conf"), configuration);
    }

    private Dictionary<string, string?> Variables() => new()
    {
        ["HOME"] = home,
        ["RABBITMQ_NODENAME"] = Node,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = $"{Port}",
        ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = $"{nameServerPort}",
        ["RABBITMQ_MNESIA_BASE"] = Data,
        ["RABBITMQ_LOG_BASE"] = Path.Combine(home, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(home, "pid"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(home, "rabbitmq"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(home, "enabled_plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(home, "none.conf"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        // The start script then becomes the server instead of waiting for it: signals and kills reach the right process.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
    };
}
