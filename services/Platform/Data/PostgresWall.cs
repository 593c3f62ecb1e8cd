using System.Data.Common;
using Npgsql;

namespace Recado.Platform.Data;

/// <summary>
/// The wall between stores: row-level security on every table with a <c>store_id</c>, also for the tables' owner. Whom a
/// session acts for stands in a setting; without it no row of any store is seen. A service's own connections act for every
/// store, because its batches hold several; what a store's key opens, and what is decided for one store, acts for that one.
/// </summary>
internal sealed partial class PostgresEngine
{
    private const string ActsFor = "recado.acts_for";
    private const string EveryStore = "service";

    public override Statement ActingFor(string store) =>
        new Answer<bool>($"select set_config('{ActsFor}', 'store:' || @store, true)", [("store", store)], _ => true);

    public override async Task<List<string>> TablesWithoutWallAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var command = Command(connection,
            """
            select t.relname::text from pg_class t
            join pg_namespace n on n.oid = t.relnamespace and n.nspname = @schema
            join pg_attribute a on a.attrelid = t.oid and a.attname = 'store_id' and not a.attisdropped
            where t.relkind in ('r', 'p') and not (t.relrowsecurity and t.relforcerowsecurity
                and exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'stores_apart'))
            order by t.relname
            """, [("schema", _schema)]);
        return await Rows.ReadAsync(command, row => row.GetString(0), cancellation);
    }

    public override async Task BuildWallAsync(IReadOnlyCollection<string> tables, CancellationToken cancellation)
    {
        await using var open = await BeginAsync(cancellation);
        foreach (var table in tables)
            await ExecuteAsync(open.Connection,
                $"""
                alter table {Quoted(table)} enable row level security;
                alter table {Quoted(table)} force row level security;
                drop policy if exists stores_apart on {Quoted(table)};
                create policy stores_apart on {Quoted(table)} using (current_setting('{ActsFor}', true) in ('{EveryStore}', 'store:' || store_id));
                """, cancellation);
        await open.CommitAsync(cancellation);
    }

    public override async Task GrantAsync(string role, CancellationToken cancellation)
    {
        await using var open = await BeginAsync(cancellation);
        await ExecuteAsync(open.Connection,
            $"""
            grant usage on schema {Quoted(_schema)} to {Quoted(role)};
            grant select, insert, update, delete on all tables in schema {Quoted(_schema)} to {Quoted(role)};
            revoke insert, update, delete on schema_migrations from {Quoted(role)};
            """, cancellation);
        await open.CommitAsync(cancellation);
    }

    public override async Task<bool> IsAboveWallAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var command = Command(connection, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user", []);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
