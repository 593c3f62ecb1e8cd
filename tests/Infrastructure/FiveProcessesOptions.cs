namespace Recado.Tests.Infrastructure;

/// <summary>What one set of processes is to differ in.</summary>
public sealed record FiveProcessesOptions
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Path of the bundle with stores, credentials, automations and templates.</summary>
    public string Bootstrap { get; init; } = Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "bootstrap", "demo.json");

    /// <summary>With what the emulator calls back: the token of the gateway instance in the bundle.</summary>
    public string CallbackToken { get; init; } = "ezapi-demo-token";

    /// <summary>
    /// Settings and environment variables of every process, for example <c>TimeScale</c>; they win over the usual ones.
    /// <c>{Ingest}</c> in a value stands for the port of that process.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = None;

    /// <summary>The same for single processes, by name; they win over <see cref="Settings"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ServiceSettings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>A server of the caller's own, already started, for tests that stop it; null takes the shared one.</summary>
    public PostgresServer? Postgres { get; init; }

    /// <summary>Likewise. On a server of the caller's own the default virtual host is used, which comes back by itself after a wipe.</summary>
    public RabbitMqServer? RabbitMq { get; init; }

    /// <summary>A port before <see cref="Postgres"/> through which the processes reach it, for example a <see cref="FaultProxy"/>'s.</summary>
    public int? PostgresPort { get; init; }

    /// <summary>Likewise for <see cref="RabbitMq"/>.</summary>
    public int? RabbitMqPort { get; init; }

    /// <summary>Which build of the services runs, for example <c>Faults</c>; null for the one that this program was built in.</summary>
    public string? Configuration { get; init; }

    /// <summary>The usual settings with those of this set and then those of one service over them.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(string service, IReadOnlyDictionary<string, string> usual)
    {
        var settings = new Dictionary<string, string>(usual);
        foreach (var (name, value) in Settings.Concat(ServiceSettings.GetValueOrDefault(service, None)))
            settings[name] = value;
        return settings;
    }
}
