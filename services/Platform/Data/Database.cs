using System.Data.Common;
using Microsoft.Extensions.Options;
using Recado.Platform.Outbox;

namespace Recado.Platform.Data;

/// <summary>The schema of one service: its own tables, its own outbox, nobody else's.</summary>
/// <param name="schema">Schema name in PostgreSQL, part of the file name in SQLite.</param>
public abstract class Database(string schema, IOptions<DatabaseOptions> options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lazy<Engine> _engine = new(() => Engine.For(options.Value.Database, schema));

    /// <summary>The schema's name.</summary>
    public string Schema => schema;

    internal Engine Engine => _engine.Value;

    /// <summary>What this process has committed and not yet published.</summary>
    internal FreshMessages Fresh { get; } = new();

    /// <summary>Does the work in one transaction, commits, and has its messages published.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        await using var open = await Engine.BeginAsync(cancellation);
        var transaction = new Transaction(Engine, open.Connection, time);
        var result = await work(transaction);
        await transaction.CommitAsync(open, cancellation);
        Fresh.Add(transaction.Messages);
        foreach (var action in transaction.AfterCommit)
            action();
        return result;
    }

    /// <summary>Likewise, and through an outage: tries until it passes. Only for work that may run again.</summary>
    /// <param name="onOutage">Told why and for how long it rests.</param>
    public async Task<T> InTransactionUntilDoneAsync<T>(Func<Transaction, Task<T>> work, Action<Exception, TimeSpan> onOutage, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await InTransactionAsync(work, cancellation);
            }
            catch (Exception exception) when (Outage.Is(exception) && !cancellation.IsCancellationRequested)
            {
                var delay = OutageBackOff.Delay(attempt);
                onOutage(exception, delay);
                await Task.Delay(delay, cancellation);
            }
        }
    }

    /// <summary>The same, for work that only writes.</summary>
    public Task InTransactionAsync(Action<Transaction> work, CancellationToken cancellation) =>
        InTransactionAsync(transaction =>
        {
            work(transaction);
            return Task.FromResult(true);
        }, cancellation);

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Transaction, Task> work, CancellationToken cancellation) =>
        InTransactionAsync(async transaction =>
        {
            await work(transaction);
            return true;
        }, cancellation);

    /// <summary>The same tables as one store may see them: whatever a query forgets to ask for, other stores' rows are not there.</summary>
    public StoreDatabase Of(string store) => new(this, store);

    /// <summary>Reads outside any transaction, the rows of every store.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellation,
        params (string Name, object? Value)[] arguments)
    {
        await using var connection = await Engine.OpenAsync(cancellation);
        await using var command = Engine.Command(connection, sql, arguments);
        return await Rows.ReadAsync(command, map, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
            await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>How long work rests when the database is away; nothing is given up and no attempt is used up.</summary>
public static class OutageBackOff
{
    /// <summary>0.1 s, 0.2 s … 3.2 s, then every 5 s.</summary>
    public static TimeSpan Delay(int attempt) => TimeSpan.FromMilliseconds(attempt > 6 ? 5000 : 100 * (1 << (attempt - 1)));
}
