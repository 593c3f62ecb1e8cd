using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>All that a variable may read. Parts that came over the wire as null read as empty.</summary>
internal sealed record Facts(CommerceEvent Event, StoreProfile Store, bool AllowUncheckedCode)
{
    private static readonly Customer Nobody = new();
    private static readonly Links Nowhere = new();

    public Customer Customer => Event.Customer ?? Nobody;
    public Links Links => Event.Links ?? Nowhere;
    public Pix? Pix => Event.Payment?.Pix;
    public Boleto? Boleto => Event.Payment?.Boleto;
    public IEnumerable<Item> Items => (Event.Items ?? []).OfType<Item>();
}
