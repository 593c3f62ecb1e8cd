using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>
/// What differs between PostgreSQL and SQLite. SQL is written once, in PostgreSQL's words; SQLite replaces
/// the few it does not have.
/// </summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>True where the database has a clock that machines share.</summary>
    public virtual bool HasClock => false;

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction that may write; SQLite has one writer at a time and queues here for it.</summary>
    public abstract Task<EngineTransaction> BeginAsync(CancellationToken cancellation);

    /// <summary>Begins to read as one store: the wall shows no other rows.</summary>
    public abstract Task<EngineTransaction> BeginReadingAsync(string store, CancellationToken cancellation);

    /// <summary>The statement after which the transaction sees and changes the rows of this store only; null where the engine has no wall.</summary>
    public virtual Statement? ActingFor(string store) => null;

    public abstract DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] arguments);

    /// <summary>Runs statements in their order, in one round trip where the engine can.</summary>
    public abstract Task RunAsync(DbConnection connection, IReadOnlyList<Statement> statements, CancellationToken cancellation);

    /// <summary>Likewise, and commits.</summary>
    public virtual async Task CommitAsync(EngineTransaction open, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await RunAsync(open.Connection, statements, cancellation);
        await open.CommitAsync(cancellation);
    }

    /// <summary>One sentence when the server's settings would lose committed data, else null.</summary>
    public abstract Task<string?> DurabilityFaultAsync(CancellationToken cancellation);

    /// <summary>The tables with rows of stores that no wall stands around yet; none where the engine has no walls.</summary>
    public virtual Task<List<string>> TablesWithoutWallAsync(CancellationToken cancellation) => Task.FromResult(new List<string>());

    /// <summary>Puts the wall around these tables.</summary>
    public virtual Task BuildWallAsync(IReadOnlyCollection<string> tables, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Lets a role read and write rows, and nothing else. SQLite has no roles: whoever opens the file may do all.</summary>
    public virtual Task GrantAsync(string role, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>True where the wall does not stop this process: a superuser, or a role with BYPASSRLS.</summary>
    public virtual Task<bool> IsAboveWallAsync(CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Makes the schema and holds its migrations against other processes until disposed.</summary>
    public abstract Task<IAsyncDisposable> LockMigrationsAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    /// <summary>What is wrong with a connection string, or null. Names keywords, never values.</summary>
    public static string? Misunderstood(string connectionString)
    {
        try
        {
            _ = IsSqlite(connectionString)
                ? (DbConnectionStringBuilder)new SqliteConnectionStringBuilder(connectionString)
                : new NpgsqlConnectionStringBuilder(connectionString);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsSqlite(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Data Source");

    /// <summary>The file that a connection string for SQLite names; null for PostgreSQL.</summary>
    public static string? FileOf(string connectionString) =>
        IsSqlite(connectionString) ? new SqliteConnectionStringBuilder(connectionString).DataSource : null;

    public static Engine For(string connectionString, string schema) =>
        IsSqlite(connectionString) ? new SqliteEngine(connectionString, schema) : new PostgresEngine(connectionString, schema);
}

/// <summary>An open transaction and the connection it owns.</summary>
internal sealed class EngineTransaction(DbConnection connection, DbTransaction transaction, Action? released = null) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    public Task CommitAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            released?.Invoke();
        }
    }
}
