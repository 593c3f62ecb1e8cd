using Microsoft.Data.Sqlite;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>All of Recado in one process on SQLite, the emulator with it.</summary>
public sealed class StandaloneProcess : Pipeline
{
    private readonly string file;

    /// <summary>Not yet started. With the same folder it finds what the last one left.</summary>
    public StandaloneProcess(string folder)
    {
        file = Path.Combine(folder, "recado.db");
        Process = new("Standalone", new Dictionary<string, string>(LoadSettings)
        {
            ["Broker"] = "memory",
            ["Database"] = $"Data Source={file}",
            ["MigrateOnStart"] = "true",
            ["Bootstrap"] = Shop.WriteBundle(folder),
        });
        Gateway = new EmulatedGateway(Process.Http);
    }

    public override string Name => "standalone";
    public override int Port => Process.Port;
    public override EmulatedGateway Gateway { get; }

    /// <summary>To start it, and to stop it again.</summary>
    public ServiceProcess Process { get; }

    public override IReadOnlyList<Part> Parts => [new("Standalone", PartKind.Service, Process.ProcessId)];

    public static async Task<StandaloneProcess> StartAsync(string folder)
    {
        var standalone = new StandaloneProcess(folder);
        await standalone.Process.StartAsync();
        return standalone;
    }

    public override async Task<(int Count, DateTimeOffset Last)> FinishedAsync(DateTimeOffset since)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.ChangeExtension(file, ".automation_matcher.db")};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*), coalesce(max(recorded_at), @since) from timeline where what = 'read' and recorded_at >= @since";
        command.Parameters.AddWithValue("@since", since.ToUniversalTime());
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1));
    }

    public override ValueTask DisposeAsync() => Process.DisposeAsync();
}
