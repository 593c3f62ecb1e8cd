using System.Data.Common;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recado.Tests.EndToEnd;

/// <summary>Everything that stands in the tables of all services, as text; the bodies of webhooks inside of messages too.</summary>
internal static class StoredText
{
    private const string Schemas = "'ingest', 'normalizer', 'automation_matcher', 'template_renderer', 'whatsapp_dispatcher'";

    public static async Task<string> OfPostgresAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return await OfAsync(connection, $"select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema in ({Schemas}) and table_type = 'BASE TABLE' order by 1");
    }

    /// <param name="folder">Of the files, one for each service.</param>
    public static async Task<string> OfSqliteAsync(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(folder, "*.db").Order(StringComparer.Ordinal))
        {
            await using var connection = new SqliteConnection($"Data Source={file}");
            await connection.OpenAsync();
            text.Append(await OfAsync(connection, "select name from sqlite_master where type = 'table' order by name"));
        }
        return text.ToString();
    }

    /// <summary>Messages that are not yet at the broker.</summary>
    public static async Task<long> UnsentInPostgresAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var counts = await LinesAsync(connection, string.Join(" union all ", Schemas.Split(", ").Select(schema => $"select count(*) from {schema.Trim('\'')}.outbox where sent_at is null")));
        return counts.Sum(line => long.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc cref="UnsentInPostgresAsync"/>
    public static async Task<long> UnsentInSqliteAsync(string folder)
    {
        var unsent = 0L;
        foreach (var file in Directory.GetFiles(folder, "*.db"))
        {
            await using var connection = new SqliteConnection($"Data Source={file}");
            await connection.OpenAsync();
            unsent += (await LinesAsync(connection, "select count(*) from outbox where sent_at is null")).Sum(line => long.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
        }
        return unsent;
    }

    private static async Task<string> OfAsync(DbConnection connection, string tables)
    {
        var text = new StringBuilder();
        foreach (var table in await LinesAsync(connection, tables))
            foreach (var row in await LinesAsync(connection, $"select * from {table}"))
                text.Append(table).Append(": ").AppendLine(row);
        return text.ToString();
    }

    private static async Task<List<string>> LinesAsync(DbConnection connection, string query)
    {
        var lines = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => TextOf(reader.GetValue(column)))));
        return lines;
    }

    private static string TextOf(object value) => value is byte[] bytes ? $"{Encoding.UTF8.GetString(bytes)} {InnerBody(bytes)}" : value.ToString() ?? "";

    /// <summary>A webhook travels as bytes within JSON.</summary>
    private static string InnerBody(byte[] bytes)
    {
        if (bytes is not [(byte)'{', ..])
            return "";
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String && body.TryGetBytesFromBase64(out var inner) ? Encoding.UTF8.GetString(inner) : "";
        }
        catch (JsonException)
        {
            return ""; // sealed, or a body that is no JSON
        }
    }
}
