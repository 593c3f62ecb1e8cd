using System.Collections;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Recado.Platform.Data;

internal sealed class SqliteEngine : Engine
{
    // WAL with synchronous=full syncs at every commit: as durable as PostgreSQL's default. Keys are without order, so that
    // most of what is written is pages with one new row each: 8,000 of 4 KB may gather before they are copied into the
    // database, and many are copied once instead of many times. The log of each service grows to 32 MB, and stays so.
    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 8000; pragma foreign_keys = on";

    private readonly string _connectionString;
    private readonly ConcurrentDictionary<string, string> _translated = new();

    // SQLite lets one connection write; waiting here costs nothing, while its own busy handler polls every 150 ms.
    private readonly SemaphoreSlim _writer = new(1);

    public SqliteEngine(string connectionString, string schema)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        var file = Path.GetFullPath(settings.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        settings.DataSource = Path.Combine(Path.GetDirectoryName(file)!,
            $"{Path.GetFileNameWithoutExtension(file)}.{schema}{Path.GetExtension(file)}");
        _connectionString = settings.ConnectionString;
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        await using var pragmas = new SqliteCommand(Pragmas, connection);
        await pragmas.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    public override async Task<EngineTransaction> BeginAsync(CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation);
        try
        {
            var connection = await OpenAsync(cancellation);
            return new EngineTransaction(connection, ((SqliteConnection)connection).BeginTransaction(deferred: false), () => _writer.Release());
        }
        catch
        {
            _writer.Release();
            throw;
        }
    }

    public override async Task<EngineTransaction> BeginReadingAsync(string store, CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation);
        return new EngineTransaction(connection, ((SqliteConnection)connection).BeginTransaction(deferred: true));
    }

    public override DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] arguments)
    {
        var command = (SqliteCommand)connection.CreateCommand();
        command.CommandText = _translated.GetOrAdd(sql, Translate);
        foreach (var (name, value) in arguments)
            command.Parameters.AddWithValue("@" + name, Convert(value));
        return command;
    }

    public override async Task RunAsync(DbConnection connection, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        DbCommand? command = null;
        Statement? before = null;
        foreach (var statement in statements)
        {
            if (statement.Sql != before?.Sql) // prepared once, however often it runs
            {
                if (command is not null)
                    await command.DisposeAsync();
                command = Command(connection, statement.Sql, []);
            }
            before = statement;
            for (var row = 0; row < (statement.Many?.Count ?? 1); row++)
            {
                Bind(command!.Parameters, statement, row);
                await RunAsync(command, statement, cancellation);
            }
        }
        if (command is not null)
            await command.DisposeAsync();
    }

    private static async Task RunAsync(DbCommand command, Statement statement, CancellationToken cancellation)
    {
        if (!statement.Answers)
        {
            statement.Affected += await command.ExecuteNonQueryAsync(cancellation);
            return;
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await statement.ReadAsync(reader, cancellation);
    }

    private static void Bind(DbParameterCollection parameters, Statement statement, int row)
    {
        var at = 0;
        if (statement.Many is { } rows)
            foreach (var column in rows.All)
                Bind((SqliteParameterCollection)parameters, at++, column.Name, column.At(row));
        else
            foreach (var (name, value) in statement.Arguments)
                Bind((SqliteParameterCollection)parameters, at++, name, value);
    }

    // The same statement has the same arguments in the same order, so that nothing is looked for by name.
    private static void Bind(SqliteParameterCollection parameters, int at, string name, object? value)
    {
        if (at == parameters.Count)
            parameters.AddWithValue("@" + name, Convert(value));
        else if (parameters[at].ParameterName.AsSpan(1).SequenceEqual(name))
            parameters[at].Value = Convert(value);
        else
            parameters["@" + name].Value = Convert(value);
    }

    /// <summary>The whole difference in SQL: row locks, and arrays, which travel as JSON.</summary>
    internal static string Translate(string sql)
    {
        sql = sql.Replace("for update skip locked", "", StringComparison.Ordinal)
            .Replace("for update", "", StringComparison.Ordinal)
            .Replace("greatest(", "max(", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(sql, @"= any\((@\w+)\)", "in (select value from json_each($1))");
    }

    private static object Convert(object? value) => value switch
    {
        null => DBNull.Value,
        byte[] or string => value,
        Guid[] ids => JsonSerializer.Serialize(ids.Select(id => id.ToString().ToUpperInvariant())),
        IEnumerable list => JsonSerializer.Serialize(list),
        _ => value,
    };

    public override Task<string?> DurabilityFaultAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    public override Task<IAsyncDisposable> LockMigrationsAsync(CancellationToken cancellation) =>
        Task.FromResult<IAsyncDisposable>(new MemoryStream());

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }
}
