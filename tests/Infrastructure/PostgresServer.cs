using Npgsql;

namespace Recado.Tests.Infrastructure;

/// <summary>A private PostgreSQL on a free port of the loopback address. Stops, dies and comes back with its data on the same port.</summary>
public abstract class PostgresServer : IAsyncDisposable
{
    protected const string User = "postgres";
    protected const string Password = "recado";

    /// <summary>The same in every life of the server.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>For Npgsql. Plain TCP: encryption costs a third of the time of a small transaction.</summary>
    /// <param name="port">Of a proxy before it; its own unless given.</param>
    public string ConnectionString(string database, int? port = null) => ConnectionString(database, User, port);

    /// <summary>Likewise, as a role that is not the superuser.</summary>
    public string ConnectionString(string database, string role, int? port = null) =>
        $"Host=127.0.0.1;Port={port ?? Port};Username={role};Password={Password};Database={database};" +
        "SSL Mode=Disable;GSS Encryption Mode=Disable";

    /// <summary>The first process of the server in its current life, whose children do its work; null where it is not a child of this one (a container).</summary>
    public virtual int? ProcessId => null;

    /// <summary>Starts it, for the first time or again, and waits until it answers.</summary>
    public abstract Task StartAsync();

    /// <summary>An orderly, fast shutdown: open connections are cut.</summary>
    public abstract Task StopAsync();

    /// <summary>kill -9.</summary>
    public abstract Task KillAsync();

    /// <summary>Stops it and deletes its data.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Makes an empty database.</summary>
    /// <param name="owner">A role made by <see cref="CreateRoleAsync"/>; the superuser unless given.</param>
    public Task CreateDatabaseAsync(string name, string owner = User) => ExecuteAsync($"create database \"{name}\" owner \"{owner}\"");

    /// <summary>Makes a role that may log in, and nothing else, unless it is there.</summary>
    public async Task CreateRoleAsync(string name)
    {
        try
        {
            await ExecuteAsync($"create role \"{name}\" login password '{Password}'");
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another test was here before, or is at this moment.
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether a query is answered now.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select 1", connection);
            return await command.ExecuteScalarAsync() is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
