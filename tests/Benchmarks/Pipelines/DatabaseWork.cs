using Npgsql;

namespace Recado.Tests.Benchmarks.Pipelines;

/// <summary>Counters of a PostgreSQL server that serves one pipeline alone; two of them make a difference.</summary>
/// <param name="WritingTransactions">Transactions that wrote something. Exact: each takes the next id.</param>
/// <param name="LogBytes">Write-ahead log.</param>
public sealed record DatabaseWork(long WritingTransactions, long LogBytes)
{
    public static async Task<DatabaseWork> ReadAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new(row.GetInt64(0), row.GetInt64(1));
    }
}

/// <summary>How many rows and messages one event makes, counted over all events of a run.</summary>
/// <param name="Inserted">Rows, by schema and table.</param>
/// <param name="Updated">Row versions, by schema and table.</param>
/// <param name="Messages">Messages that went over the broker, and their bodies in bytes, by name on the wire.</param>
public sealed record RowsWritten(
    IReadOnlyDictionary<string, long> Inserted, IReadOnlyDictionary<string, long> Updated, IReadOnlyDictionary<string, (long Count, long Bytes)> Messages)
{
    private static readonly string[] Schemas = ["ingest", "normalizer", "automation_matcher", "template_renderer", "whatsapp_dispatcher"];

    /// <summary>Right only when whoever wrote has closed its connections: PostgreSQL's sessions tell late what they did.</summary>
    public static async Task<RowsWritten> ReadAsync(NpgsqlDataSource database)
    {
        var (inserted, updated) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        await using (var command = database.CreateCommand(
            "select schemaname || '.' || relname, n_tup_ins, n_tup_upd from pg_stat_user_tables where n_tup_ins + n_tup_upd > 0 order by 1"))
        {
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
                (inserted[row.GetString(0)], updated[row.GetString(0)]) = (row.GetInt64(1), row.GetInt64(2));
        }
        var messages = new Dictionary<string, (long, long)>();
        foreach (var schema in Schemas)
        {
            await using var command = database.CreateCommand($"select wire_name, count(*), sum(length(body)) from {schema}.outbox group by 1");
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
                messages[$"{schema} → {row.GetString(0)}"] = (row.GetInt64(1), row.GetInt64(2));
        }
        return new(inserted, updated, messages);
    }
}
