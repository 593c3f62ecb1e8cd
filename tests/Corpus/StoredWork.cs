using Microsoft.Data.Sqlite;

namespace Recado.Tests.Corpus;

/// <summary>What a running Standalone has written into its SQLite files, read beside it.</summary>
/// <param name="database">The path of its setting <c>Database</c>.</param>
internal sealed class StoredWork(string database)
{
    private string[] Files => Directory.GetFiles(Path.GetDirectoryName(database)!, $"{Path.GetFileNameWithoutExtension(database)}.*.db");

    /// <summary>The webhooks that Ingest keeps.</summary>
    public async Task<HashSet<Guid>> WebhooksAsync() => [.. await ReadAsync(FileOf("ingest"), "select webhook_id from webhooks", row => Guid.Parse(row.GetString(0)))];

    /// <summary>
    /// Messages of any service that their receiver has not handled yet. One that became a dead letter never gets into
    /// its receiver's inbox, so it would stay here.
    /// </summary>
    public async Task<IReadOnlyList<string>> UnhandledAsync()
    {
        var handled = new HashSet<string>();
        var published = new List<string>();
        foreach (var file in Files)
        {
            published.AddRange(await ReadAsync(file, "select wire_name, message_id from outbox", row => $"{row.GetString(0)["recado.".Length..]} {row.GetString(1)}"));
            handled.UnionWith(await ReadAsync(file, "select queue, message_id from inbox", row => $"{row.GetString(0)[(row.GetString(0).IndexOf('.', StringComparison.Ordinal) + 1)..]} {row.GetString(1)}"));
        }
        return [.. published.Where(message => !handled.Contains(message))];
    }

    /// <summary>Messages to customers that may still leave.</summary>
    public async Task<long> WaitingAsync() =>
        (await ReadAsync(FileOf("whatsapp_dispatcher"), "select count(*) from messages where status in ('waiting', 'claimed', 'sending')", row => row.GetInt64(0))).Single();

    private string FileOf(string schema) => Files.Single(file => file.EndsWith($".{schema}.db", StringComparison.Ordinal));

    private static async Task<List<T>> ReadAsync<T>(string file, string sql, Func<SqliteDataReader, T> read)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
            all.Add(read(rows));
        return all;
    }
}
