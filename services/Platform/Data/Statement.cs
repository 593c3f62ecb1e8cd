using System.Data.Common;

namespace Recado.Platform.Data;

/// <summary>A statement on its way to the database: once with its arguments, or for as many rows as there are.</summary>
public class Statement
{
    internal Statement(string sql, (string Name, object? Value)[] arguments) => (Sql, Arguments) = (sql, arguments);

    internal Statement(string sql, Columns rows) => (Sql, Many) = (sql, rows);

    internal string Sql { get; }

    internal (string Name, object? Value)[] Arguments { get; } = [];

    /// <summary>Null where it runs once, with its arguments.</summary>
    internal Columns? Many { get; }

    /// <summary>True where it returns rows.</summary>
    internal virtual bool Answers => false;

    /// <summary>The number of rows it touched, once it has run.</summary>
    public int Affected { get; internal set; }

    internal virtual Task ReadAsync(DbDataReader reader, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>A question, and what came back once it was asked.</summary>
public sealed class Answer<T> : Statement
{
    private readonly Func<DbDataReader, T> _map;
    private readonly List<T> _rows = [];

    internal Answer(string sql, (string Name, object? Value)[] arguments, Func<DbDataReader, T> map)
        : base(sql, arguments) => _map = map;

    internal Answer(string sql, Columns rows, Func<DbDataReader, T> map)
        : base(sql, rows) => _map = map;

    internal override bool Answers => true;

    /// <summary>Empty until <see cref="Transaction.AskAsync"/>.</summary>
    public List<T> Rows => _rows;

    internal override async Task ReadAsync(DbDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
            _rows.Add(_map(reader));
    }
}
