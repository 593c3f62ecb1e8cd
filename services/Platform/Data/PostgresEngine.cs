using System.Data.Common;
using Npgsql;

namespace Recado.Platform.Data;

internal sealed partial class PostgresEngine : Engine
{
    private readonly NpgsqlDataSource _source;
    private readonly string _schema;

    public PostgresEngine(string connectionString, string schema)
    {
        _schema = schema;
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, IncludeErrorDetail = false };
        // Bounded waits: a caller of Ingest hears 503 within seconds, and no lock is held for ever.
        SetUnlessGiven(settings, connectionString, "Timeout", () => settings.Timeout = 2);
        SetUnlessGiven(settings, connectionString, "Command Timeout", () => settings.CommandTimeout = 12);
        SetUnlessGiven(settings, connectionString, "Maximum Pool Size", () => settings.MaxPoolSize = 15);
        SetUnlessGiven(settings, connectionString, "Max Auto Prepare", () => settings.MaxAutoPrepare = 100);
        SetUnlessGiven(settings, connectionString, "Auto Prepare Min Usages", () => settings.AutoPrepareMinUsages = 2);
        SetUnlessGiven(settings, connectionString, "No Reset On Close", () => settings.NoResetOnClose = true);
        // Npgsql 10 looks for Kerberos before each connection, and small images have no library for it: an exception each time (npgsql #6416).
        SetUnlessGiven(settings, connectionString, "GSS Encryption Mode", () => settings.GssEncryptionMode = GssEncryptionMode.Disable);
        settings.Options ??= "-c lock_timeout=5s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s";
        settings.Options += $" -c {ActsFor}={EveryStore}";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is not null)
            .ConfigureBatchFilter(_ => System.Diagnostics.Activity.Current is not null)
            .ConfigureCommandSpanNameProvider(command => SqlSummary.Of(command.CommandText))
            .ConfigureBatchSpanNameProvider(SqlSummary.Of)
            .ConfigureCommandEnrichmentCallback((span, _) => span.SetTag("db.query.summary", span.DisplayName))
            .ConfigureBatchEnrichmentCallback((span, _) => span.SetTag("db.query.summary", span.DisplayName))
            .EnableFirstResponseEvent(false)
            .EnablePhysicalOpenTracing(false));
        _source = builder.Build();
    }

    public override bool HasClock => true;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await _source.OpenConnectionAsync(cancellation);

    public override async Task<EngineTransaction> BeginAsync(CancellationToken cancellation)
    {
        var connection = await _source.OpenConnectionAsync(cancellation);
        try
        {
            return new EngineTransaction(connection, await connection.BeginTransactionAsync(cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<EngineTransaction> BeginReadingAsync(string store, CancellationToken cancellation)
    {
        var open = await BeginAsync(cancellation);
        try
        {
            await RunAsync(open.Connection, [ActingFor(store)], cancellation);
            return open;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    public override DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] arguments)
    {
        var known = PostgresSql.Of(sql);
        var command = new NpgsqlCommand(known.Text, (NpgsqlConnection)connection);
        known.Bind(command.Parameters, arguments);
        return command;
    }

    public override Task RunAsync(DbConnection connection, IReadOnlyList<Statement> statements, CancellationToken cancellation) =>
        RunAsync(connection, statements, commits: false, cancellation);

    /// <summary>
    /// With the commit as the last statement: a round trip less in every transaction. When one before it fails, the server
    /// skips it; when the connection ends, nobody knows whether it was reached, as ever.
    /// </summary>
    public override Task CommitAsync(EngineTransaction open, IReadOnlyList<Statement> statements, CancellationToken cancellation) =>
        RunAsync(open.Connection, statements, commits: true, cancellation);

    private static async Task RunAsync(DbConnection connection, IReadOnlyList<Statement> statements, bool commits, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
        foreach (var statement in statements)
            batch.BatchCommands.Add(PostgresSql.Of(statement));
        if (commits)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        foreach (var statement in statements.Where(statement => statement.Answers))
        {
            await statement.ReadAsync(reader, cancellation);
            await reader.NextResultAsync(cancellation); // passes those that return no rows; one that failed throws here
        }
        for (var i = 0; i < statements.Count; i++)
            statements[i].Affected = batch.BatchCommands[i].RecordsAffected;
    }

    public override async Task<string?> DurabilityFaultAsync(CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            await using var command = new NpgsqlCommand($"show {setting}", connection);
            if (await command.ExecuteScalarAsync(cancellation) is "off")
                return $"PostgreSQL runs with {setting} = off and would lose what it confirmed: switch it on.";
        }
        return null;
    }

    public override async Task<IAsyncDisposable> LockMigrationsAsync(CancellationToken cancellation)
    {
        var connection = await _source.OpenConnectionAsync(cancellation);
        // One lock for all schemas: "create schema" of two services at once collides in PostgreSQL's catalogue.
        await using var command = new NpgsqlCommand(
            $"""set lock_timeout = '60s'; set statement_timeout = '60s'; select pg_advisory_lock(7426523); create schema if not exists "{_schema}" """, connection)
        {
            CommandTimeout = 65,
        };
        await command.ExecuteNonQueryAsync(cancellation);
        return new MigrationLock(connection);
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder settings, string given, string keyword, Action set)
    {
        if (!new DbConnectionStringBuilder { ConnectionString = given }.ContainsKey(keyword))
            set();
    }

    private sealed class MigrationLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (var command = new NpgsqlCommand("select pg_advisory_unlock_all(); reset lock_timeout; reset statement_timeout", connection))
                await command.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }
}
