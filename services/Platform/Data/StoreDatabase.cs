using System.Data.Common;

namespace Recado.Platform.Data;

/// <summary>
/// A schema seen by one store: what a store's key opens goes through here. On PostgreSQL row-level security hides all
/// other rows, so that a forgotten <c>where store_id =</c> shows nothing; SQLite has only the queries themselves.
/// </summary>
public sealed class StoreDatabase(Database database, string store)
{
    /// <summary>Reads, in a transaction of its own.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellation,
        params (string Name, object? Value)[] arguments)
    {
        await using var open = await database.Engine.BeginReadingAsync(store, cancellation);
        await using var command = database.Engine.Command(open.Connection, sql, arguments);
        return await Rows.ReadAsync(command, map, cancellation);
    }

    /// <inheritdoc cref="Database.InTransactionAsync{T}"/>
    public Task<T> InTransactionAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation) =>
        database.InTransactionAsync(transaction =>
        {
            transaction.ActFor(store);
            return work(transaction);
        }, cancellation);
}
