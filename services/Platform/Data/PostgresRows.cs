using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>Makes of a statement for one row one for as many as there are: <c>values (@id, 0)</c> becomes <c>select r."id", 0 from unnest(@id) as r ("id")</c>.</summary>
internal static partial class PostgresRows
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    public static NpgsqlBatchCommand Command(string sql, Columns rows)
    {
        var command = new NpgsqlBatchCommand(Known.GetOrAdd(sql, static (text, rows) => Of(text, rows), rows));
        foreach (var column in rows.All)
            command.Parameters.Add(column.ToParameter());
        return command;
    }

    internal static string Of(string sql, Columns rows)
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

    [GeneratedRegex(@"values \((?<row>[^()]*)\)")]
    private static partial Regex Values();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
