using Recado.Platform.Bootstrap;
using Recado.Platform.Hosting;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>The gateways of every store. In the tables they are sealed as a whole, tokens and address.</summary>
public sealed class GatewayBook(BootstrapBundle bundle, SealedGateways vault, GatewayRules rules, ILogger<GatewayBook> log)
    : Snapshot<IReadOnlyDictionary<string, IReadOnlyList<GatewaySettings>>>(log)
{
    private sealed record BundledStore(string Id, IReadOnlyList<GatewaySettings>? Gateways = null);

    /// <summary>The gateway that a store's messages go through, or null.</summary>
    public GatewaySettings? Of(string store) => Current.TryGetValue(store, out var gateways) && gateways.Count > 0 ? gateways[0] : null;

    /// <summary>A particular one, or null.</summary>
    public GatewaySettings? Find(string store, string instance) =>
        Current.TryGetValue(store, out var gateways) ? gateways.FirstOrDefault(gateway => gateway.Instance == instance) : null;

    /// <summary>Likewise; one that this process has not heard of is looked for in the tables first: a replica may have taken in a new bundle.</summary>
    public async Task<GatewaySettings?> FindNowAsync(string store, string instance)
    {
        if (Find(store, instance) is { } known)
            return known;
        await RefreshAsync(CancellationToken.None);
        return Find(store, instance);
    }

    /// <inheritdoc/>
    protected override async Task ImportAsync(CancellationToken cancellation)
    {
        foreach (var store in bundle.Stores<BundledStore>().Where(store => store.Gateways is not null))
        {
            foreach (var gateway in store.Gateways!)
                if (rules.FaultOf(gateway.BaseAddress) is { } fault)
                    throw new CannotStartException($"gateway '{gateway.Instance}' of store '{store.Id}' in the bundle: baseAddress {fault}.");
            await vault.ReplaceAsync(store.Id, store.Gateways!, cancellation);
        }
        await vault.SealAllAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<string, IReadOnlyList<GatewaySettings>>> LoadAsync(CancellationToken cancellation)
    {
        var rows = await vault.OpenAllAsync(cancellation);
        return rows.GroupBy(row => row.Store).ToDictionary(group => group.Key, IReadOnlyList<GatewaySettings> (group) => [.. group.Select(row => row.Settings)]);
    }
}
