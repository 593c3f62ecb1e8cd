using System.Reflection;

namespace Recado.Platform.Data;

/// <summary>Numbered SQL files of the platform and of the service, applied once each, in order; then the wall around every table with a store.</summary>
/// <param name="runtimeRole">The role as which the services run, <see cref="DatabaseOptions.RuntimeRole"/>; empty for the owner.</param>
public sealed class Migrations(Database database, string runtimeRole = "")
{
    private sealed record Step(string Name, string Sql);

    private const string Wall = "row level security of ";

    /// <summary>Applies what is pending and returns the names of what it applied.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var alone = await database.Engine.LockMigrationsAsync(cancellation);
        await database.InTransactionAsync(transaction => transaction.ExecuteAsync(
            "create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null)", cancellation), cancellation);
        var pending = await PendingStepsAsync(cancellation);
        foreach (var step in pending)
            await database.InTransactionAsync(async transaction =>
            {
                await transaction.RunScriptAsync(step.Sql, cancellation);
                await transaction.ExecuteAsync("insert into schema_migrations (name, applied_at) values (@name, @now)",
                    cancellation, ("name", step.Name), ("now", now));
            }, cancellation);
        // Not a numbered file: it follows from the tables that are there, so a new one cannot be forgotten.
        var unwalled = await database.Engine.TablesWithoutWallAsync(cancellation);
        await database.Engine.BuildWallAsync(unwalled, cancellation);
        if (runtimeRole.Length > 0)
            await database.Engine.GrantAsync(runtimeRole, cancellation);
        return [.. pending.Select(step => step.Name), .. unwalled.Select(table => Wall + table)];
    }

    /// <summary>The names of what is not yet applied.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation) =>
    [
        .. (await PendingStepsAsync(cancellation)).Select(step => step.Name),
        .. (await database.Engine.TablesWithoutWallAsync(cancellation)).Select(table => Wall + table),
    ];

    private async Task<List<Step>> PendingStepsAsync(CancellationToken cancellation)
    {
        var applied = await AppliedAsync(cancellation);
        return [.. Steps().Where(step => !applied.Contains(step.Name))];
    }

    private async Task<HashSet<string>> AppliedAsync(CancellationToken cancellation)
    {
        try
        {
            var names = await database.QueryAsync("select name from schema_migrations", row => row.GetString(0), cancellation);
            return [.. names];
        }
        catch (System.Data.Common.DbException exception) when (IsNoSuchTable(exception))
        {
            return []; // nothing was ever applied
        }
    }

    private static bool IsNoSuchTable(System.Data.Common.DbException exception) =>
        exception is Npgsql.PostgresException { SqlState: "42P01" or "3F000" } or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 1 };

    private IEnumerable<Step> Steps() =>
        Files(typeof(Migrations).Assembly, "platform").Concat(Files(database.GetType().Assembly, database.Schema));

    private static IEnumerable<Step> Files(Assembly assembly, string prefix) =>
        assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Step($"{prefix}/{Path.GetFileNameWithoutExtension(name)}", Read(assembly, name)));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
