using Microsoft.Data.Sqlite;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>The two databases that every store runs on.</summary>
public enum Engine
{
    Postgres,
    Sqlite,
}

/// <summary>An empty database that nobody else uses.</summary>
public static class FreshDatabase
{
    /// <summary>Makes one and returns its connection string, as the setting <c>Database</c> takes it.</summary>
    public static async Task<string> CreateAsync(Engine engine)
    {
        if (engine == Engine.Sqlite)
            return new SqliteConnectionStringBuilder { DataSource = Path.Combine(RunFolder.New("sqlite"), "recado.db") }.ConnectionString;
        var server = await Servers.PostgresAsync();
        var name = $"test-{Guid.NewGuid():N}";
        await server.CreateDatabaseAsync(name);
        return server.ConnectionString(name);
    }
}
