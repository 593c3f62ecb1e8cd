using System.Data.Common;
using System.Diagnostics;
using Recado.Contracts;
using Recado.Platform.Outbox;

namespace Recado.Platform.Data;

/// <summary>One transaction: state and the messages it causes commit together or not at all.</summary>
public sealed class Transaction
{
    private readonly Engine _engine;
    private readonly DbConnection _connection;
    private readonly List<OutboxRow> _messages = [];
    private readonly List<(string Sql, Columns Rows)> _writes = [];
    private readonly TimeProvider _time;

    internal Transaction(Engine engine, DbConnection connection, TimeProvider time)
    {
        _engine = engine;
        _connection = connection;
        _time = time;
    }

    internal List<Action> AfterCommit { get; } = [];

    internal IReadOnlyList<OutboxRow> Messages => _messages;

    /// <summary>
    /// From here on it sees and changes the rows of this store only (PostgreSQL; SQLite has no such wall). Tables without
    /// a store, such as the outbox, are not concerned.
    /// </summary>
    public async Task ActForAsync(string store, CancellationToken cancellation)
    {
        await WriteOutAsync(cancellation);
        await _engine.ActForAsync(_connection, store, cancellation);
    }

    /// <summary>Runs a statement and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] arguments)
    {
        await WriteOutAsync(cancellation);
        await using var command = _engine.Command(_connection, sql, arguments);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Runs one statement for all rows, no sooner than it matters: together with the others, in one round trip, before the
    /// next statement that answers or the commit.
    /// </summary>
    public void Write(string sql, Columns rows)
    {
        if (rows.Count > 0)
            _writes.Add((sql, rows));
    }

    /// <summary>Runs one statement for all rows and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, Columns rows, CancellationToken cancellation)
    {
        await WriteOutAsync(cancellation);
        return rows.Count == 0 ? 0 : await _engine.WriteAsync(_connection, [(sql, rows)], cancellation);
    }

    /// <summary>Runs one statement for all rows and reads what it returns.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Columns rows, Func<DbDataReader, T> map, CancellationToken cancellation)
    {
        await WriteOutAsync(cancellation);
        return rows.Count == 0 ? [] : await _engine.WriteAsync(_connection, sql, rows, map, cancellation);
    }

    /// <summary>Runs a statement for every row, one after the other, where a later row may touch what an earlier one did.</summary>
    public async Task<int> ExecuteManyAsync<T>(string sql, IReadOnlyCollection<T> rows,
        Func<T, (string Name, object? Value)[]> arguments, CancellationToken cancellation)
    {
        await WriteOutAsync(cancellation);
        return rows.Count == 0 ? 0 : await _engine.ExecuteManyAsync(_connection, sql, [.. rows.Select(arguments)], cancellation);
    }

    /// <summary>Reads rows.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellation,
        params (string Name, object? Value)[] arguments)
    {
        await WriteOutAsync(cancellation);
        await using var command = _engine.Command(_connection, sql, arguments);
        return await Rows.ReadAsync(command, map, cancellation);
    }

    /// <summary>Puts a message into the outbox. It leaves after the commit, and only then.</summary>
    /// <param name="message">The message; its id makes a repeat harmless.</param>
    /// <param name="cause">The trace that this message continues.</param>
    public void Publish(IMessage message, ActivityContext cause) =>
        _messages.Add(OutboxRow.Of(message, cause, _time.GetUtcNow()));

    /// <summary>Puts into the outbox what was already a message, with its id.</summary>
    internal void PublishAgain(OutboxRow row) => _messages.Add(row);

    /// <summary>Does this once the transaction is committed, for example to wake a worker; never when it is rolled back.</summary>
    public void OnCommitted(Action action) => AfterCommit.Add(action);

    /// <summary>Writes all that is still to be written: the last before the commit.</summary>
    internal Task FlushAsync(CancellationToken cancellation)
    {
        Write(
            """
            insert into outbox (id, message_id, wire_name, body, trace, created_at, due_at)
            values (@id, @message_id, @wire_name, @body, @trace, @created_at, @due_at)
            """,
            new Columns<OutboxRow>(_messages)
            {
                { "id", row => row.Id }, { "message_id", row => row.MessageId }, { "wire_name", row => row.WireName }, { "body", row => row.Body },
                { "trace", row => row.Trace }, { "created_at", row => row.CreatedAt }, { "due_at", row => row.CreatedAt + FreshMessages.Head },
            });
        return WriteOutAsync(cancellation);
    }

    private async Task WriteOutAsync(CancellationToken cancellation)
    {
        if (_writes.Count == 0)
            return;
        await _engine.WriteAsync(_connection, _writes, cancellation);
        _writes.Clear();
    }
}
