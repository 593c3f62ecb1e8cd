using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>Something that takes webhooks on a port, sends messages to an emulated gateway, and takes its receipts back.</summary>
public abstract class Pipeline : IAsyncDisposable
{
    /// <summary>The gateway's usual three callbacks for every message.</summary>
    public const int ReceiptsPerEvent = 3;

    /// <summary>As tables call it.</summary>
    public abstract string Name { get; }

    /// <summary>Where webhooks are taken.</summary>
    public abstract int Port { get; }

    /// <summary>Where partners send their events.</summary>
    public virtual string PartnerRoute => Traffic.Webhooks.PartnerRoute;

    /// <summary>The gateway that it sends to.</summary>
    public abstract EmulatedGateway Gateway { get; }

    /// <summary>Events that it has taken so far.</summary>
    public long Taken { get; set; }

    /// <summary>What to measure.</summary>
    public abstract IReadOnlyList<Part> Parts { get; }

    /// <summary>How many events have gone all the way since the start, as far as the emulator can tell: asking it burdens nothing that is measured.</summary>
    public virtual async Task<long> SeenByGatewayAsync() => await Gateway.CallbacksAsync() / ReceiptsPerEvent;

    /// <summary>How many events have gone all the way since then, and when the last one had: its message is read, and that is durable (where there are receipts).</summary>
    public abstract Task<(int Count, DateTimeOffset Last)> FinishedAsync(DateTimeOffset since);

    /// <summary>What the database has done so far; null where it cannot say.</summary>
    public virtual Task<DatabaseWork?> WorkAsync() => Task.FromResult<DatabaseWork?>(null);

    /// <summary>
    /// Does at once what PostgreSQL's autovacuum does within a minute or two: until then it plans for tables that it believes
    /// empty, and reads the whole of them to find a row. That would be most of what short runs measure.
    /// </summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <summary>Settings of every measured process: no limits for senders, only warnings in the log, the gateway's usual receipts.</summary>
    internal static Dictionary<string, string> LoadSettings => new()
    {
        ["Ingest__RateLimit__PerSecond"] = "0",
        ["Ingest__RateLimit__CallbacksPerSecond"] = "0",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Emulator__MaxMessages"] = "1000000",
    };

    internal static FiveProcessesOptions Options(string folder, PostgresServer postgres, RabbitMqServer rabbit) => new()
    {
        Bootstrap = Traffic.Shop.WriteBundle(folder),
        CallbackToken = Traffic.Shop.CallbackToken,
        Settings = LoadSettings,
        Postgres = postgres,
        RabbitMq = rabbit,
    };
}
