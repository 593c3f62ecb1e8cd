using Recado.Contracts;
using Recado.TemplateRenderer;

namespace Recado.Tests.TemplateRenderer;

/// <summary>An event with every part filled, and short ways to render something from it.</summary>
internal static class Sample
{
    public const string PixCode =
        "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406199.905802BR5912LOJA EXEMPLO6009SAO PAULO62100506PED12363048671";

    public static readonly StoreProfile Store = new() { Id = "demo", Name = "Loja Demo", TimeZone = "America/Sao_Paulo" };

    /// <summary>An hour after the event.</summary>
    public static readonly DateTimeOffset Now = new(2024, 10, 7, 16, 30, 0, TimeSpan.Zero);

    public static CommerceEvent Event(string type = EventTypes.CartAbandoned) => new()
    {
        EventId = new Guid("11111111-1111-5111-8111-111111111111"),
        WebhookId = new Guid("22222222-2222-5222-8222-222222222222"),
        StoreId = "demo",
        Source = Sources.Events,
        Type = type,
        OccurredAt = new DateTimeOffset(2024, 10, 7, 15, 30, 0, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2024, 10, 7, 15, 30, 1, TimeSpan.Zero),
        Subject = "cart:CART_ABC123XYZ",
        Keys = ["cart:CART_ABC123XYZ"],
        Customer = new() { Name = "João Silva", Phone = "+5511987654321", Email = "joao_silva@example.com" },
        Value = new(15000, "BRL"),
        Cart = new() { Id = "CART_ABC123XYZ", Total = new(15000, "BRL") },
        Order = new() { Number = "1001_A", Total = new(16000, "BRL"), Status = "em separação" },
        Payment = new()
        {
            Id = "pay-1",
            Method = "pix",
            Amount = new(19990, "BRL"),
            Installments = 3,
            Pix = new() { Code = PixCode, Valid = true, Url = "https://pay.example/p/1" },
            Boleto = new() { Line = "23793.38128 60007.827136 95000.063305 9 75520000370000", Url = "https://pay.example/b/1", DueDate = new(2024, 10, 9) },
        },
        Shipment = new() { Status = "saiu para entrega", Carrier = "Correios", TrackingCode = "BR123456789BR" },
        Items = [new() { Name = "Notebook Dell Inspiron" }, new() { Name = "Mouse Logitech", Quantity = 2 }],
        Links = new()
        {
            Checkout = "https://checkout.example/r/CART_ABC123XYZ",
            Payment = "https://pay.example/1",
            Tracking = "https://track.example/BR123456789BR",
            Order = "https://shop.example/orders/1001",
        },
    };

    public static CommerceEvent Named(string? name) => Event() with { Customer = new() { Name = name } };

    /// <summary>The reduced event: an id, a type and nothing to say.</summary>
    public static CommerceEvent Bare() => Event() with
    {
        Customer = new(),
        Value = null,
        Cart = null,
        Order = null,
        Payment = null,
        Shipment = null,
        Items = [],
        Links = new(),
    };

    public static Template Text(string body) => new() { Name = "sample", Body = body };

    public static RenderResult Render(string body, CommerceEvent e) => Rendering.Render(Text(body), e, Store, Now);

    /// <summary>What one variable becomes.</summary>
    public static string? Said(string variable, CommerceEvent e) => Render($"<{{{{{variable}}}}}>", e).Content?.Text[1..^1];
}
