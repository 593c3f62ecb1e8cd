using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>
/// The values of many rows for one statement, written for one row:
/// <code>insert into things (id, name) values (@id, @name) on conflict do nothing</code>
/// PostgreSQL gets a single statement with an array for each column, which costs it a fifth of as many statements; SQLite
/// runs it for each row. An update names its rows first:
/// <code>with changed (id, name) as (values (@id, @name)) update things set name = changed.name from changed where things.id = changed.id</code>
/// </summary>
public abstract class Columns
{
    private readonly List<Column> _all = [];

    private protected Columns(int count) => Count = count;

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    internal IReadOnlyList<Column> All => _all;

    /// <summary>The same value in every row.</summary>
    public void Add<T>(string name, T value) => _all.Add(new Constant<T>(name, value));

    private protected void AddColumn<T>(string name, T[] values) => _all.Add(new Column<T>(name, values));
}

/// <inheritdoc cref="Columns"/>
/// <typeparam name="TRow">What a row is made of.</typeparam>
[SuppressMessage("Design", "CA1010:Collections should implement generic interface", Justification = "It is enumerable only for the sake of its initializer.")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is enumerable only for the sake of its initializer.")]
public sealed class Columns<TRow>(IReadOnlyCollection<TRow> rows) : Columns(rows.Count), IEnumerable
{
    /// <summary>A value of each row.</summary>
    public void Add<T>(string name, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        var i = 0;
        foreach (var row in rows)
            values[i++] = value(row);
        AddColumn(name, values);
    }

    IEnumerator IEnumerable.GetEnumerator() => All.GetEnumerator();
}

/// <summary>One of them.</summary>
internal abstract class Column(string name)
{
    public string Name => name;

    /// <summary>False where one value stands for all rows.</summary>
    public abstract bool IsArray { get; }

    public abstract NpgsqlParameter ToParameter();

    public abstract object? At(int row);
}

internal sealed class Column<T>(string name, T[] values) : Column(name)
{
    public override bool IsArray => true;

    public override NpgsqlParameter ToParameter() => new NpgsqlParameter<T[]> { TypedValue = values };

    public override object? At(int row) => values[row];
}

internal sealed class Constant<T>(string name, T value) : Column(name)
{
    public override bool IsArray => false;

    public override NpgsqlParameter ToParameter() => new NpgsqlParameter<T> { TypedValue = value };

    public override object? At(int row) => value;
}
