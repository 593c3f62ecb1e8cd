using Recado.Contracts;
using Recado.Normalizer.Boletos;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Phones;
using Recado.Normalizer.Pix;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Events;

/// <summary>The parts of an event, from the schema's words to ours.</summary>
internal sealed class Parts(Findings findings, DateTimeOffset receivedAt)
{
    private readonly MoneyReader money = new(findings);

    public static Customer Customer(EventsApiCustomer? customer) => new Customer
    {
        Name = PlainText.Line(customer?.Name, PlainText.NameLength),
        Email = EmailAddress.Clean(customer?.Email),
        Document = DocumentNumber.Clean(customer?.Document),
        Country = PlainText.Token(customer?.Country) is { Length: 2 } code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null,
        ExternalId = PlainText.Token(customer?.ExternalId),
    }.WithPhone(customer?.Phone);

    public Cart? Cart(EventsApiCart? cart) => cart is null ? null : new()
    {
        Id = PlainText.Token(cart.Id),
        Total = money.Read(cart.Total, "cart.total"),
        AbandonedAt = Instant.Parse(cart.AbandonedAt),
    };

    public Order? Order(EventsApiOrder? order) => order is null ? null : new()
    {
        Number = PlainText.Token(order.Number),
        ExternalId = PlainText.Token(order.Id),
        Total = money.Read(order.Total, "order.total"),
        Status = PlainText.Line(order.Status, PlainText.NameLength),
    };

    public Payment? Payment(EventsApiPayment? payment, string type)
    {
        if (payment is null)
            return null;
        if (payment.Installments is < 0 or > 999)
            findings.Add(QuarantineReasons.InvalidValue, "payment.installments");
        var amount = money.Read(payment.Amount, "payment.amount");
        return new()
        {
            Id = PlainText.Token(payment.Id),
            Method = PlainText.Token(payment.Method) ?? MethodOf(type),
            Status = PaymentStatus.Of(type),
            Amount = amount,
            Recurring = payment.Recurring ?? false,
            Installments = payment.Installments is { } count ? Math.Max(1, count) : null,
            Pix = payment.Pix is { } pix ? PixCharge.Of(pix.Code, SecureLink.Clean(pix.Url), Instant.Parse(pix.ExpiresAt), amount) : null,
            Boleto = payment.Boleto is { } boleto
                ? BoletoCharge.Of(boleto.Line, SecureLink.Clean(boleto.Url), amount, receivedAt, Instant.ParseDay(boleto.DueDate))
                : null,
        };
    }

    public static Shipment? Shipment(EventsApiShipment? shipment) => shipment is null ? null : new()
    {
        Status = PlainText.Line(shipment.Status, PlainText.NameLength),
        Carrier = PlainText.Line(shipment.Carrier, PlainText.NameLength),
        TrackingCode = PlainText.Token(shipment.TrackingCode),
    };

    public IReadOnlyList<Item> Items(IReadOnlyList<EventsApiItem?>? items) => [.. (items ?? []).OfType<EventsApiItem>().Select(Item)];

    public static Links Links(EventsApiBody body) => new()
    {
        Checkout = SecureLink.Clean(body.Links?.Checkout) ?? SecureLink.Clean(body.Cart?.Url),
        Payment = SecureLink.Clean(body.Links?.Payment) ?? SecureLink.Clean(body.Payment?.Pix?.Url) ?? SecureLink.Clean(body.Payment?.Boleto?.Url),
        Tracking = SecureLink.Clean(body.Links?.Tracking) ?? SecureLink.Clean(body.Shipment?.Url),
        Order = SecureLink.Clean(body.Links?.Order) ?? SecureLink.Clean(body.Order?.Url),
    };

    public static Attribution? Attribution(EventsApiAttribution? given)
    {
        var attribution = new Attribution
        {
            Src = PlainText.Line(given?.Src, PlainText.TitleLength),
            Source = PlainText.Line(given?.Source, PlainText.TitleLength),
            Medium = PlainText.Line(given?.Medium, PlainText.TitleLength),
            Campaign = PlainText.Line(given?.Campaign, PlainText.TitleLength),
            Content = PlainText.Line(given?.Content, PlainText.TitleLength),
            Term = PlainText.Line(given?.Term, PlainText.TitleLength),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    private Item Item(EventsApiItem item)
    {
        if (item.Quantity is <= 0)
            findings.Add(QuarantineReasons.InvalidValue, "items.quantity");
        return new()
        {
            Id = PlainText.Token(item.Id),
            Name = PlainText.Line(item.Name, PlainText.TitleLength),
            Quantity = item.Quantity ?? 1,
            UnitPrice = money.Read(item.UnitPrice, "items.unitPrice"),
            ImageUrl = SecureLink.Clean(item.ImageUrl),
        };
    }

    private static string? MethodOf(string type) => type switch
    {
        EventTypes.PixCreated => "pix",
        EventTypes.BoletoCreated or EventTypes.BoletoDue => "boleto",
        _ => null,
    };
}
