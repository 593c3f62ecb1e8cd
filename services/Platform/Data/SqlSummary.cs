using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>
/// Names a query by what it does and to which table, <c>insert outbox</c>: the span name by OpenTelemetry's conventions for
/// databases. Each text is read once; they are constants of the program.
/// </summary>
internal static partial class SqlSummary
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    public static string Of(string sql) => Known.GetOrAdd(sql, Read);

    /// <summary>Of several statements at once: that of all of them, or just that they are several.</summary>
    public static string Of(NpgsqlBatch batch)
    {
        var summaries = batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => Of(command.CommandText)).Distinct().ToList();
        return (batch.BatchCommands.Count, summaries) switch
        {
            (1, [var only]) => only,
            (_, [var same]) => $"BATCH {same}",
            _ => "BATCH",
        };
    }

    /// <summary>The statement itself is what stands in no brackets: neither a list of values before it nor a query within it.</summary>
    private static string Read(string sql)
    {
        var bare = sql;
        while (Bracket().Replace(bare, " ") is var less && less.Length < bare.Length)
            bare = less;
        var statement = Statement().Match(bare);
        return statement.Success ? $"{statement.Groups["verb"].Value.ToLowerInvariant()} {statement.Groups["table"].Value}".TrimEnd() : "postgresql";
    }

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"\b(?:(?<verb>insert)\s+into\s+(?<table>\w+)|(?<verb>delete)\s+from\s+(?<table>\w+)|(?<verb>update)\s+(?<table>\w+)|(?<verb>select)\b(?:.*?\bfrom\s+(?<table>\w+))?)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Statement();
}
