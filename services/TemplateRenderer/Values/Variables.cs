using System.Collections.Frozen;
using System.Globalization;
using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>How a value is made fit to send.</summary>
public enum VariableType
{
    /// <summary>One line without markup or invisible characters, at most 120 graphemes.</summary>
    Text,

    /// <summary>A person's name: like text, at most 60 graphemes, in sensible case.</summary>
    Name,

    /// <summary><c>R$ 1.234,56</c>.</summary>
    Money,

    /// <summary><c>dd/MM/yyyy</c> in the store's calendar.</summary>
    Date,

    /// <summary>An absolute https address on a host that the store allows, exactly as given.</summary>
    Url,

    /// <summary>Something to copy, byte for byte as given. What is paid by must check; the others must be without markup.</summary>
    Code,

    /// <summary>A whole number of at least one.</summary>
    Number,
}

/// <summary>A name that a template may use.</summary>
public sealed record Variable
{
    internal Variable(Func<Facts, Value> read) => Read = read;

    public required string Name { get; init; }
    public required VariableType Type { get; init; }

    /// <summary>Stands in where event and template give nothing; null means that the message is not sent then.</summary>
    public string? Fallback { get; init; }
    internal Func<Facts, Value> Read { get; init; }
}

/// <summary>The closed catalogue of what a template may say.</summary>
public static class Variables
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Variable> All =
    [
        Name("customer.name", facts => PersonName.Full(facts.Customer.Name)),
        Name("customer.first_name", facts => PersonName.First(facts.Customer.Name)),
        Code("customer.email", facts => facts.Customer.Email),
        Text("store.name", facts => ShopName(facts.Event.ShopName) ?? facts.Store.Name),
        Money("value", facts => facts.Event.Value),
        Money("cart.total", facts => facts.Event.Cart?.Total),
        Code("order.number", facts => facts.Event.Order?.Number),
        Money("order.total", facts => facts.Event.Order?.Total),
        Text("order.status", facts => facts.Event.Order?.Status),
        Money("payment.amount", facts => facts.Event.Payment?.Amount),
        Text("payment.method", facts => PaymentMethod.InPortuguese(facts.Event.Payment?.Method)),
        Number("payment.installments", facts => facts.Event.Payment?.Installments),
        Payable("pix.code", facts => PayableCode.Read(facts.Pix, facts.Now)),
        Url("pix.url", facts => facts.Pix?.Url ?? facts.Links.Payment),
        Payable("boleto.line", facts => PayableCode.Read(facts.Boleto)),
        Url("boleto.url", facts => facts.Boleto?.Url ?? facts.Links.Payment),
        Date("boleto.due_date", facts => Value.Of(DateText.Format(facts.Boleto?.DueDate))),
        Text("shipment.status", facts => facts.Event.Shipment?.Status),
        Text("shipment.carrier", facts => facts.Event.Shipment?.Carrier),
        Code("shipment.tracking_code", facts => facts.Event.Shipment?.TrackingCode),
        EndingUrl("links.checkout", facts => facts.Links.Checkout, facts => facts.Links.CheckoutExpiresAt),
        Url("links.payment", facts => facts.Links.Payment ?? facts.Pix?.Url ?? facts.Boleto?.Url),
        Url("links.tracking", facts => facts.Links.Tracking),
        Url("links.order", facts => facts.Links.Order),
        Text("items.first", facts => ItemList.First(facts.Items)),
        Number("items.count", facts => ItemList.Pieces(facts.Items)),
        Text("items.summary", facts => ItemList.Summary(facts.Items)),
        Date("occurred_at.date", facts => DateText.Read(facts.Event.OccurredAt, facts.Store.TimeZone)),
    ];

    private static readonly FrozenDictionary<string, Variable> ByName = All.ToFrozenDictionary(variable => variable.Name);

    /// <summary>Null for a name that is not in the catalogue.</summary>
    public static Variable? Find(string name) => ByName.GetValueOrDefault(name);

    private static Variable Text(string name, Func<Facts, string?> read) =>
        new(facts => Value.Of(PlainText.Clean(read(facts)))) { Name = name, Type = VariableType.Text };

    private static Variable Name(string name, Func<Facts, string?> read) =>
        new(facts => Value.Of(read(facts))) { Name = name, Type = VariableType.Name, Fallback = "Cliente" };

    private static Variable Money(string name, Func<Facts, Money?> read) =>
        new(facts => MoneyText.Read(read(facts))) { Name = name, Type = VariableType.Money };

    private static Variable Date(string name, Func<Facts, Value> read) =>
        new(read) { Name = name, Type = VariableType.Date };

    private static Variable Url(string name, Func<Facts, string?> read) =>
        EndingUrl(name, read, _ => null);

    private static Variable EndingUrl(string name, Func<Facts, string?> read, Func<Facts, DateTimeOffset?> end) =>
        new(facts => SafeUrl.Read(read(facts), facts.Store.LinkHosts, end(facts), facts.Now)) { Name = name, Type = VariableType.Url };

    private static Variable Code(string name, Func<Facts, string?> read) =>
        new(facts => ExactCode.ReadPlain(read(facts))) { Name = name, Type = VariableType.Code };

    private static Variable Payable(string name, Func<Facts, Value> read) =>
        new(read) { Name = name, Type = VariableType.Code };

    private static Variable Number(string name, Func<Facts, long?> read) =>
        new(facts => Value.Of(read(facts) is { } number && number > 0 ? number.ToString(CultureInfo.InvariantCulture) : null))
        {
            Name = name,
            Type = VariableType.Number,
        };

    private static string? ShopName(string? given) => PlainText.Clean(given) is { } name && !PlainText.ReadsAsLink(name) ? name : null;
}
