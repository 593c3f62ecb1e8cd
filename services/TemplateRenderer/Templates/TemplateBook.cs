using System.Data.Common;
using System.Text.Json;
using Recado.Platform.Bootstrap;
using Recado.Platform.Hosting;

namespace Recado.TemplateRenderer.Templates;

/// <summary>A store's name and its templates.</summary>
public sealed record StoreTemplates(StoreProfile Profile, IReadOnlyDictionary<string, Template> Templates);

/// <summary>The templates of every store.</summary>
public sealed class TemplateBook(RendererDatabase database, BootstrapBundle bundle, ILogger<TemplateBook> log)
    : Snapshot<IReadOnlyDictionary<string, StoreTemplates>>(log)
{
    private sealed record BundledStore(string Id, string? Name = null, string? TimeZone = null, IReadOnlyList<string>? LinkHosts = null, IReadOnlyList<Template>? Templates = null);

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        foreach (var store in bundle.Stores<BundledStore>().Where(store => store.Templates is not null))
        {
            if (TemplateLint.CheckAll([.. store.Templates!]).Concat(LinkHosts.Check(store.LinkHosts ?? [])).ToList() is { Count: > 0 } problems)
                throw new CannotStartException($"store '{store.Id}' in the bundle: {string.Join(" ", problems)}");
            await database.InTransactionAsync(async transaction =>
            {
                await transaction.ExecuteAsync(
                    """
                    insert into stores (store_id, name, time_zone, link_hosts) values (@id, @name, @zone, @hosts)
                    on conflict (store_id) do update set name = excluded.name, time_zone = excluded.time_zone, link_hosts = excluded.link_hosts
                    """, cancellation, ("id", store.Id), ("name", store.Name ?? store.Id), ("zone", store.TimeZone ?? "America/Sao_Paulo"),
                    ("hosts", JsonSerializer.Serialize(store.LinkHosts ?? [])));
                transaction.WriteEach(
                    """
                    insert into templates (store_id, name, definition) values (@store, @name, @definition)
                    on conflict (store_id, name) do update set definition = excluded.definition
                    """,
                    store.Templates!, template => [("store", store.Id), ("name", template.Name), ("definition", JsonSerializer.Serialize(template))]);
            }, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<string, StoreTemplates>> LoadAsync(CancellationToken cancellation)
    {
        var stores = await database.QueryAsync("select store_id, name, time_zone, link_hosts from stores", ProfileOf, cancellation);
        var templates = (await database.QueryAsync("select store_id, definition from templates",
            row => (Store: row.GetString(0), Template: JsonSerializer.Deserialize<Template>(row.GetString(1))!), cancellation)).ToLookup(row => row.Store, row => row.Template);
        return stores.ToDictionary(store => store.Id, store => new StoreTemplates(store, templates[store.Id].ToDictionary(template => template.Name)));
    }

    private static StoreProfile ProfileOf(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        TimeZone = row.GetString(2),
        LinkHosts = new(JsonSerializer.Deserialize<string[]>(row.GetString(3))!),
    };
}
