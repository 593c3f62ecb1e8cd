using System.Data.Common;

namespace Recado.Platform.Data;

/// <summary>Reading rows, alike in and out of a transaction and on both engines.</summary>
public static class Rows
{
    internal static async Task<List<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> map, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await ReadAsync(reader, map, cancellation);
    }

    internal static async Task<List<T>> ReadAsync<T>(DbDataReader reader, Func<DbDataReader, T> map, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>The column's value, or null where it is null.</summary>
    public static string? GetStringOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>The column's value, or null where it is null.</summary>
    public static T? GetOrNull<T>(this DbDataReader reader, int column)
        where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    /// <summary>A point in time, UTC.</summary>
    public static DateTimeOffset GetTime(this DbDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column).ToUniversalTime();
}
