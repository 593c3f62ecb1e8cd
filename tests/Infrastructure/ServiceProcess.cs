using System.Reflection;

namespace Recado.Tests.Infrastructure;

/// <summary>One built service as a process of its own, on one port for all its lives.</summary>
/// <param name="service">The project's name, for example <c>Ingest</c>.</param>
/// <param name="settings">Settings by their names as environment variables take them (<c>Emulator__Callbacks__*</c>), and environment variables.</param>
/// <param name="port">Where it listens on the loopback address; a free port unless given.</param>
/// <param name="configuration">Which build of it runs, for example <c>Faults</c>; the one that this program was built in unless given.</param>
public sealed class ServiceProcess(string service, IReadOnlyDictionary<string, string> settings, int? port = null, string? configuration = null) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] OwnSettings =
    [
        "Broker", "Database", "Bootstrap", "GatewayUrl", "TimeScale", "Secrets", "Dispatcher", "Tracing", "ASPNETCORE_", "OTEL_",
        "CRASH_AT", "STOP_AT", "PLANTED_BUG", "FAKETIME", "LD_PRELOAD",
    ];

    private static readonly Dictionary<string, string> Nothing = [];
    private readonly List<string> earlierLives = [];
    private ChildProcess? process;
    private HttpClient? http;

    /// <summary>Told the title and the text of what a process wrote in all its lives, when it is disposed of.</summary>
    public static Action<string, string>? OnEnd { get; set; }

    /// <summary>The project's name.</summary>
    public string Service => service;

    public int Port { get; } = port ?? Ports.Free();

    /// <summary>Talks to the service, in whichever life.</summary>
    public HttpClient Http => http ??= new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };

    public bool IsRunning => process is { HasExited: false };

    /// <summary>The id of the process in its current life.</summary>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException($"{service} was never started.");

    /// <summary>Everything that it wrote in all its lives.</summary>
    public string Output => string.Join('\n', [.. earlierLives, process?.Output ?? ""]);

    /// <summary>Where the build put it.</summary>
    /// <param name="configuration">The one that this program was built in unless given.</param>
    public static string AssemblyPath(string service, string? configuration = null) => Path.Combine(
        Metadata("RepositoryRoot"), "services", service, "bin", configuration ?? Metadata("Configuration"), "net10.0", $"Recado.{service}.dll");

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>Starts it, for the first time or again, and waits until it says that it is ready.</summary>
    /// <param name="thisLife">Settings and environment variables of this life alone; they win over the others.</param>
    public async Task StartAsync(IReadOnlyDictionary<string, string>? thisLife = null)
    {
        await LaunchAsync(thisLife);
        try
        {
            await Until.TrueAsync(async () => !IsRunning || await IsReadyAsync(), Patience, $"{service} is ready");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}. It wrote:\n{process?.Tail}", exception);
        }
        if (!IsRunning)
            throw new InvalidOperationException($"{service} ended instead of becoming ready. It wrote:\n{process?.Tail}");
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public async Task LaunchAsync(IReadOnlyDictionary<string, string>? thisLife = null)
    {
        if (IsRunning)
            throw new InvalidOperationException($"{service} is already running.");
        await ForgetAsync();
        process = ChildProcess.Start(Command([]), Variables(thisLife ?? Nothing));
    }

    /// <summary>Whether <c>GET /health/ready</c> answers 200 now.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var response = await Http.GetAsync("/health/ready", deadline.Token);
            return response.StatusCode == System.Net.HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
            await process.KillAsync();
    }

    /// <summary>Ended by kill -9, by itself or by somebody else.</summary>
    public bool WasKilled => process is { HasExited: true, ExitCode: 128 + 9 };

    /// <summary>SIGSTOP or SIGCONT, which take effect at once, or any other signal.</summary>
    public void Signal(int signal) => process?.Signal(signal);

    /// <summary>Whether the kernel says that it is stopped (SIGSTOP).</summary>
    public bool IsStopped => process?.IsStopped == true;

    /// <summary>SIGTERM; waits for the orderly end.</summary>
    public Task<Ended> StopAsync() =>
        process?.StopAsync(ChildProcess.Terminate, Patience) ?? throw new InvalidOperationException($"{service} was never started.");

    /// <summary>For runs that end by themselves: <c>migrate</c>, and starts that are refused.</summary>
    public Task<Ended> RunToEndAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Command(arguments), Patience, Variables(Nothing));

    /// <summary>Ends it the hard way.</summary>
    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        http?.Dispose();
        OnEnd?.Invoke($"Output of {service}", Output);
        earlierLives.Clear();
    }

    private async Task ForgetAsync()
    {
        if (process is null)
            return;
        if (IsRunning)
            await process.KillAsync();
        earlierLives.Add(process.Output);
        await process.DisposeAsync();
        process = null;
    }

    private string[] Command(string[] arguments) => ["dotnet", "exec", AssemblyPath(service, configuration), .. arguments];

    private Dictionary<string, string?> Variables(IReadOnlyDictionary<string, string> thisLife)
    {
        // What the caller's shell happens to set is not a setting of this service.
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => OwnSettings.Any(own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null);
        variables["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}";
        foreach (var (name, value) in settings.Concat(thisLife))
            variables[name] = value;
        return variables;
    }

    private static string Metadata(string key) =>
        typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
