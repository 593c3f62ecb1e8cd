namespace Recado.Tests.Torture.Traffic;

/// <summary>
/// One of the stores of a run. Everything about it is its own, the area code of its customers too: what one store's
/// doings cause at the other one's gateway is seen.
/// </summary>
public sealed record Store(string Id, string Area)
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Store> All = [new("loja-azul", "11"), new("loja-verde", "21")];

    /// <summary>The number of the shop at the gateway.</summary>
    public string Instance => $"INSTANCE_{Area}";

    public string WiapyToken => $"wiapy-token-of-{Id}";
    public string CartToken => $"cart-token-of-{Id}";
    public string PartnerKey => $"partner-key-of-{Id}";
    public string EventsKey => $"events-key-of-{Id}";
    public string CallbackToken => $"ezapi-token-of-{Id}";
}
