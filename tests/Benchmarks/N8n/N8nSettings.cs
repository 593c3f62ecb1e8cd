using System.Globalization;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>The servers of one n8n.</summary>
/// <param name="PostgresPort">With the databases <c>n8n</c> and <c>shop</c>.</param>
/// <param name="RedisPort">Given in queue mode, null in regular mode.</param>
internal sealed record N8nServers(int PostgresPort, int? RedisPort);

/// <summary>What n8n is told by its environment. Each choice has its reason in <c>peers/n8n/README.md</c>.</summary>
internal static class N8nSettings
{
    /// <summary>How many executions one worker runs at once: n8n's default.</summary>
    public const int WorkerConcurrency = 10;

    /// <summary>What the caller's shell happens to set is not a setting of n8n here.</summary>
    private static readonly string[] Own = ["N8N_", "DB_", "EXECUTIONS_", "QUEUE_", "NODE_", "GENERIC_", "WEBHOOK_", "OTEL_", "npm_"];

    // The fastest that n8n offers: nothing is saved but what fails, nothing is counted, nothing is written to the log.
    private static readonly Dictionary<string, string?> Fast = new()
    {
        ["NODE_ENV"] = "production",
        ["EXECUTIONS_DATA_SAVE_ON_SUCCESS"] = "none",
        ["EXECUTIONS_DATA_SAVE_ON_ERROR"] = "all",
        ["EXECUTIONS_DATA_SAVE_ON_PROGRESS"] = "false",
        ["EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS"] = "false",
        ["EXECUTIONS_DATA_PRUNE"] = "true",
        ["EXECUTIONS_DATA_MAX_AGE"] = "1",
        ["DB_POSTGRESDB_POOL_SIZE"] = "20",
        ["N8N_DISABLED_MODULES"] = "insights",
        ["SKIP_STATISTICS_EVENTS"] = "true",
        ["N8N_LOG_LEVEL"] = "warn",
        // No process for Code nodes: there are none. One would be started if it were not said to be elsewhere.
        ["N8N_RUNNERS_MODE"] = "external",
        ["N8N_RUNNERS_AUTH_TOKEN"] = "nobody-comes",
        ["N8N_DISABLE_UI"] = "true",
        ["N8N_PUBLIC_API_DISABLED"] = "true",
        ["N8N_METRICS"] = "false",
    };

    // Nothing leaves this machine.
    private static readonly Dictionary<string, string?> Silent = new()
    {
        ["N8N_DIAGNOSTICS_ENABLED"] = "false",
        ["N8N_DIAGNOSTICS_CONFIG_FRONTEND"] = "",
        ["N8N_DIAGNOSTICS_CONFIG_BACKEND"] = "",
        ["N8N_VERSION_NOTIFICATIONS_ENABLED"] = "false",
        ["N8N_DYNAMIC_BANNERS_ENABLED"] = "false",
        ["N8N_TEMPLATES_ENABLED"] = "false",
        ["N8N_PERSONALIZATION_ENABLED"] = "false",
        ["N8N_HIRING_BANNER_ENABLED"] = "false",
        ["N8N_COMMUNITY_PACKAGES_ENABLED"] = "false",
        ["N8N_LICENSE_AUTO_RENEW_ENABLED"] = "false",
        ["N8N_LICENSE_DETACH_FLOATING_ON_SHUTDOWN"] = "false",
        ["EXTERNAL_FRONTEND_HOOKS_URLS"] = "",
        ["N8N_SENTRY_DSN"] = "",
    };

    /// <summary>The whole environment of one process.</summary>
    /// <param name="folder">Of this process alone.</param>
    /// <param name="port">Where it listens.</param>
    public static Dictionary<string, string?> Of(N8nServers servers, string folder, int port)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Own.Any(own => name.StartsWith(own, StringComparison.Ordinal)))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in Fast.Concat(Silent).Concat(Addresses(servers, folder, port)))
            variables[name] = value;
        return variables;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Addresses(N8nServers servers, string folder, int port)
    {
        yield return new("N8N_USER_FOLDER", folder);
        yield return new("N8N_ENCRYPTION_KEY", "a-key-of-this-benchmark-alone");
        yield return new("N8N_LISTEN_ADDRESS", "127.0.0.1");
        yield return new("N8N_WORKER_SERVER_ADDRESS", "127.0.0.1");
        yield return new("N8N_PORT", Text(port));
        yield return new("N8N_RUNNERS_BROKER_PORT", Text(Ports.Free()));
        yield return new("N8N_ENDPOINT_WEBHOOK", "webhooks");
        yield return new("DB_TYPE", "postgresdb");
        yield return new("DB_POSTGRESDB_HOST", "127.0.0.1");
        yield return new("DB_POSTGRESDB_PORT", Text(servers.PostgresPort));
        yield return new("DB_POSTGRESDB_DATABASE", "n8n");
        yield return new("DB_POSTGRESDB_USER", "postgres");
        yield return new("DB_POSTGRESDB_PASSWORD", "recado");
        yield return new("EXECUTIONS_MODE", servers.RedisPort is null ? "regular" : "queue");
        if (servers.RedisPort is not { } redis)
            yield break;
        yield return new("QUEUE_BULL_REDIS_HOST", "127.0.0.1");
        yield return new("QUEUE_BULL_REDIS_PORT", Text(redis));
        yield return new("QUEUE_HEALTH_CHECK_ACTIVE", "true");
        yield return new("QUEUE_HEALTH_CHECK_PORT", Text(port));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
