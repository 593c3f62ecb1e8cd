using System.Text.Json;
using Recado.Platform.Bootstrap;
using Recado.Platform.Hosting;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>The gateways of every store.</summary>
public sealed class GatewayBook(DispatcherDatabase database, BootstrapBundle bundle, ILogger<GatewayBook> log)
    : Snapshot<IReadOnlyDictionary<string, IReadOnlyList<GatewaySettings>>>(log)
{
    private sealed record BundledStore(string Id, IReadOnlyList<GatewaySettings>? Gateways = null);

    /// <summary>The gateway that a store's messages go through, or null.</summary>
    public GatewaySettings? Of(string store) => Current.TryGetValue(store, out var gateways) && gateways.Count > 0 ? gateways[0] : null;

    /// <summary>A particular one, or null.</summary>
    public GatewaySettings? Find(string store, string instance) =>
        Current.TryGetValue(store, out var gateways) ? gateways.FirstOrDefault(gateway => gateway.Instance == instance) : null;

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        foreach (var store in bundle.Stores<BundledStore>().Where(store => store.Gateways is not null))
        {
            if (store.Gateways!.FirstOrDefault(gateway => !Uri.TryCreate(gateway.BaseAddress, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) is { } wrong)
                throw new CannotStartException($"gateway '{wrong.Instance}' of store '{store.Id}' in the bundle: baseAddress '{wrong.BaseAddress}' is not an http(s) address.");
            await database.InTransactionAsync(async transaction =>
            {
                await transaction.ExecuteAsync("delete from gateways where store_id = @store", cancellation, ("store", store.Id));
                await transaction.ExecuteManyAsync(
                    """
                    insert into gateways (store_id, instance_id, settings, position) values (@store, @instance, @settings, @position)
                    on conflict (store_id, instance_id) do update set settings = excluded.settings, position = excluded.position
                    """,
                    [.. store.Gateways!.Index()],
                    each => [("store", store.Id), ("instance", each.Item.Instance), ("settings", JsonSerializer.Serialize(each.Item)), ("position", each.Index)], cancellation);
            }, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<string, IReadOnlyList<GatewaySettings>>> LoadAsync(CancellationToken cancellation)
    {
        var rows = await database.QueryAsync("select store_id, settings from gateways order by store_id, position",
            row => (Store: row.GetString(0), Settings: JsonSerializer.Deserialize<GatewaySettings>(row.GetString(1))!), cancellation);
        return rows.GroupBy(row => row.Store).ToDictionary(group => group.Key, IReadOnlyList<GatewaySettings> (group) => [.. group.Select(row => row.Settings)]);
    }
}
