using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>All that a variable may read. Parts that came over the wire as null read as empty.</summary>
/// <param name="Now">When it is read: what has expired by then is no value.</param>
internal sealed record Facts(CommerceEvent Event, StoreProfile Store, DateTimeOffset Now)
{
    private static readonly Customer Nobody = new();
    private static readonly Links Nowhere = new();

    public Customer Customer => Event.Customer ?? Nobody;
    public Links Links => Event.Links ?? Nowhere;
    public Pix? Pix => Event.Payment?.Pix;
    public Boleto? Boleto => Event.Payment?.Boleto;
    public IEnumerable<Item> Items => (Event.Items ?? []).OfType<Item>();
}
