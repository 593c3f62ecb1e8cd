using Npgsql;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>
/// Statements that go to the server together and commit together, in one round trip: without an explicit transaction
/// PostgreSQL makes one of all that comes before the end of the batch. Each statement takes arrays (<c>unnest</c>), so one
/// prepared statement writes any number of rows.
/// </summary>
public sealed class Statements(NpgsqlConnection connection)
{
    private readonly List<NpgsqlBatchCommand> commands = [];

    /// <param name="sql">With positional parameters.</param>
    public Statements Add(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        commands.Add(command);
        return this;
    }

    /// <summary>Commits all of them.</summary>
    public async Task ExecuteAsync()
    {
        await using var batch = new NpgsqlBatch(connection);
        commands.ForEach(batch.BatchCommands.Add);
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>One parameter with a value for each row.</summary>
    public static NpgsqlParameter Rows<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(items[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    }

    /// <summary>One value for all rows.</summary>
    public static NpgsqlParameter One<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>The time of now, UTC.</summary>
    public static NpgsqlParameter Now => One(DateTime.UtcNow);
}
