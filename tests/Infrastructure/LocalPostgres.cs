namespace Recado.Tests.Infrastructure;

/// <summary>PostgreSQL from the programs installed on this machine.</summary>
public sealed class LocalPostgres(params string[] settings) : PostgresServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string data = Path.Combine(RunFolder.New("postgres"), "data");
    private ChildProcess? server;

    private static string? Account => Programs.RunAsRoot ? User : null;

    public override int? ProcessId => server?.Id;

    public override async Task StartAsync()
    {
        if (!Directory.Exists(data))
            await InitialiseAsync();
        string[] command =
        [
            Program("postgres"), "-D", data, "-p", $"{Port}",
            .. Settings().SelectMany(setting => (string[])["-c", setting]),
        ];
        server = await LocalServer.StartAsync("PostgreSQL", () => ChildProcess.Start(command, user: Account), AnswersAsync);
    }

    public override async Task StopAsync()
    {
        if (server is not null)
            await server.StopAsync(ChildProcess.Interrupt, Patience);
    }

    public override async Task KillAsync()
    {
        if (server is not null)
            await server.KillAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await StopAsync();
            await server.DisposeAsync();
        }
        Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
    }

    private IEnumerable<string> Settings() =>
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300",
        // Nothing of it outlives the data folder, not even after a kill -9.
        "dynamic_shared_memory_type=mmap",
        .. settings,
    ];

    private async Task InitialiseAsync()
    {
        // The server refuses to run as root, so the folder must belong to its user.
        await RunAsync("install", ["-d", "-m", "700", .. Account is { } owner ? (string[])["-o", owner] : [], data], asUser: null);
        await RunAsync(Program("initdb"),
            ["-D", data, "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"], Account);
    }

    private static async Task RunAsync(string program, string[] arguments, string? asUser)
    {
        var ended = await ChildProcess.RunAsync([program, .. arguments], Patience, user: asUser);
        if (ended.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {ended.ExitCode}: {ended.Output}");
    }

    private static string Program(string name) =>
        Programs.FindPostgres(name) ?? throw new InvalidOperationException(
            $"PostgreSQL's {name} was not found: install PostgreSQL, or start Docker, or run ./test, which does what is needed.");
}
