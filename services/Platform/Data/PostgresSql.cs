using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>A statement as PostgreSQL wants it: arguments by number, so that Npgsql need not look for their names each time.</summary>
/// <param name="Names">Of <c>$1</c>, <c>$2</c>, ….</param>
internal sealed partial record PostgresSql(string Text, IReadOnlyList<string> Names)
{
    private static readonly ConcurrentDictionary<string, PostgresSql> Known = new();
    private static readonly ConcurrentDictionary<string, PostgresSql> KnownForMany = new();

    /// <summary>For one set of arguments.</summary>
    public static PostgresSql Of(string sql) => Known.GetOrAdd(sql, static text => Numbered(text));

    public static NpgsqlBatchCommand Of(Statement statement)
    {
        var known = statement.Many is { } all ? KnownForMany.GetOrAdd(statement.Sql, static (text, rows) => Numbered(ForMany(text, rows)), all) : Of(statement.Sql);
        var command = new NpgsqlBatchCommand(known.Text);
        if (statement.Many is { } many)
            known.Bind(command.Parameters, many);
        else
            known.Bind(command.Parameters, statement.Arguments);
        return command;
    }

    public void Bind(NpgsqlParameterCollection parameters, (string Name, object? Value)[] arguments)
    {
        foreach (var name in Names)
            parameters.Add(new() { Value = arguments.First(argument => argument.Name == name).Value ?? DBNull.Value });
    }

    private void Bind(NpgsqlParameterCollection parameters, Columns rows)
    {
        foreach (var name in Names)
            parameters.Add(rows.All.First(column => column.Name == name).ToParameter());
    }

    /// <summary>Makes of a statement for one row one for as many as there are: <c>values (@id, 0)</c> becomes <c>select r."id", 0 from unnest(@id) as r ("id")</c>.</summary>
    private static string ForMany(string sql, Columns rows)
    {
        var arrays = rows.All.Where(column => column.IsArray).Select(column => column.Name).ToHashSet();
        var found = Values().Matches(sql);
        if (found.Count != 1)
            throw new ArgumentException("Exactly one \"values (…)\" is needed to write many rows.", nameof(sql));
        var row = found[0];
        var select = Parameter().Replace(row.Groups["row"].Value, name => arrays.Contains(name.Groups[1].Value) ? $"r.\"{name.Groups[1].Value}\"" : name.Value);
        var used = string.Join(", ", arrays.Select(name => $"@{name}"));
        var names = string.Join(", ", arrays.Select(name => $"\"{name}\""));
        return $"{sql[..row.Index]}select {select} from unnest({used}) as r ({names}){sql[(row.Index + row.Length)..]}";
    }

    private static PostgresSql Numbered(string sql)
    {
        var names = new List<string>();
        var text = Parameter().Replace(sql, found =>
        {
            if (!names.Contains(found.Groups[1].Value))
                names.Add(found.Groups[1].Value);
            return $"${names.IndexOf(found.Groups[1].Value) + 1}";
        });
        return new(text, names);
    }

    [GeneratedRegex(@"values \((?<row>[^()]*)\)")]
    private static partial Regex Values();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
