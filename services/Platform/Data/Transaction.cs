using System.Data.Common;
using System.Diagnostics;
using Recado.Contracts;
using Recado.Platform.Outbox;

namespace Recado.Platform.Data;

/// <summary>
/// One transaction: state and the messages it causes commit together or not at all. What is written and what is asked
/// waits until an answer is needed; then all of it goes in one round trip, in its order, and what is left goes with the commit.
/// </summary>
public sealed class Transaction
{
    private readonly Engine _engine;
    private readonly DbConnection _connection;
    private readonly List<OutboxRow> _messages = [];
    private readonly List<Statement> _waiting = [];
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
    public void ActFor(string store)
    {
        if (_engine.ActingFor(store) is { } statement)
            _waiting.Add(statement);
    }

    /// <summary>Runs a statement and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] arguments)
    {
        var statement = Write(sql, arguments);
        await AskAsync(cancellation);
        return statement.Affected;
    }

    /// <summary>Runs a text of many statements, without arguments.</summary>
    public async Task RunScriptAsync(string sql, CancellationToken cancellation)
    {
        await AskAsync(cancellation);
        await using var command = _engine.Command(_connection, sql, []);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Runs a statement no sooner than it matters.</summary>
    public Statement Write(string sql, params (string Name, object? Value)[] arguments) => Wait(new Statement(sql, arguments));

    /// <summary>Runs one statement for all rows, no sooner than it matters.</summary>
    public Statement Write(string sql, Columns rows) => Wait(new Statement(sql, rows));

    /// <summary>Runs one statement for all rows and returns the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, Columns rows, CancellationToken cancellation)
    {
        var statement = Write(sql, rows);
        await AskAsync(cancellation);
        return statement.Affected;
    }

    /// <summary>Runs a statement for every row, one after the other, where a later row may touch what an earlier one did; no sooner than it matters.</summary>
    public void WriteEach<T>(string sql, IEnumerable<T> rows, Func<T, (string Name, object? Value)[]> arguments)
    {
        foreach (var row in rows)
            Write(sql, arguments(row));
    }

    /// <summary>Reads rows.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellation,
        params (string Name, object? Value)[] arguments)
    {
        var answer = Ask(sql, map, arguments);
        await AskAsync(cancellation);
        return answer.Rows;
    }

    /// <summary>Runs one statement for all rows and reads what it returns.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Columns rows, Func<DbDataReader, T> map, CancellationToken cancellation)
    {
        var answer = Ask(sql, rows, map);
        await AskAsync(cancellation);
        return answer.Rows;
    }

    /// <summary>A question whose answer is there after the next <see cref="AskAsync"/>.</summary>
    public Answer<T> Ask<T>(string sql, Func<DbDataReader, T> map, params (string Name, object? Value)[] arguments) =>
        Wait(new Answer<T>(sql, arguments, map));

    /// <summary>A question about all rows; without any its answer is empty.</summary>
    public Answer<T> Ask<T>(string sql, Columns rows, Func<DbDataReader, T> map) => Wait(new Answer<T>(sql, rows, map));

    /// <summary>Sends all that waits, in one round trip. Each statement sees what was committed before it began.</summary>
    public async Task AskAsync(CancellationToken cancellation)
    {
        if (_waiting.Count == 0)
            return;
        await _engine.RunAsync(_connection, _waiting, cancellation);
        _waiting.Clear();
    }

    private T Wait<T>(T statement)
        where T : Statement
    {
        if (statement.Many is not { Count: 0 })
            _waiting.Add(statement);
        return statement;
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

    /// <summary>Writes what still waits and the messages, and commits, all in one round trip.</summary>
    internal Task CommitAsync(EngineTransaction open, CancellationToken cancellation)
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
        return _engine.CommitAsync(open, _waiting, cancellation);
    }
}
