using System.Globalization;
using System.Text;

namespace Recado.Tests.Benchmarks.Traffic;

/// <summary>One webhook about one person who was never heard of before, ready to be written to a socket.</summary>
/// <param name="Phone">As the gateway is given it: the event's name.</param>
/// <param name="Request">The whole HTTP request.</param>
public sealed record Webhook(string Phone, byte[] Request);

/// <summary>Makes webhooks, half of them abandoned carts of the checkout, half failed payments by a partner; each is distinct in the run of the program.</summary>
public static class Webhooks
{
    private const int FirstNumber = 60_000_000;
    private static int made;

    /// <summary>Ingest's own route for the partner.</summary>
    public const string PartnerRoute = $"/api/v1/partners/{Shop.Partner}/events";

    /// <summary>So many, built before the load begins.</summary>
    /// <param name="partnerRoute">Where the partner's half goes.</param>
    public static IReadOnlyList<Webhook> Make(int count, string partnerRoute = PartnerRoute) =>
        [.. Enumerable.Range(0, count).Select(_ => Next(DateTime.UtcNow, partnerRoute))];

    /// <summary>What makes the event of this phone distinct; its link ends with it.</summary>
    public static int NumberOf(string phone) => int.Parse(phone.AsSpan(5), CultureInfo.InvariantCulture) - FirstNumber;

    private static Webhook Next(DateTime now, string partnerRoute)
    {
        var number = Interlocked.Increment(ref made);
        // Eight digits after the 9 of a mobile; the first of them is 6 to 9.
        var phone = string.Create(CultureInfo.InvariantCulture, $"55119{FirstNumber + number}");
        return new(phone, number % 2 == 0 ? Cart(phone, number, now) : PaymentFailed(phone, number, partnerRoute));
    }

    private static byte[] Cart(string phone, int number, DateTime now) => Post("/webhooks/abandoned-cart", Shop.CartToken, string.Create(CultureInfo.InvariantCulture,
        $$$"""
        {"cart_token":"CART_{{{number}}}","abandoned_at":"{{{now:yyyy-MM-ddTHH:mm:ss.fffZ}}}","cart_amount":15000,"recovery_url":"https://checkout.seudominio.com/r/CART_{{{number}}}","customer":{"name":"João Silva","email":"cliente-{{{number}}}@example.com","phone":"+{{{phone}}}"},"products":[{"name":"Notebook Dell Inspiron","code":"NOTEBOOK_001","price":12000,"quantity":1,"image_url":"https://example.com/images/notebook.jpg"},{"name":"Mouse Logitech","code":"MOUSE_001","price":3000,"quantity":1,"image_url":"https://example.com/images/mouse.jpg"}],"utms":{"src":"facebook","utm_source":"facebook","utm_medium":"cpc","utm_campaign":"notebook_promocao"}}
        """));

    private static byte[] PaymentFailed(string phone, int number, string route) => Post(route, $"Bearer {Shop.PartnerKey}", string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"event":"payment.failed","phone":"{{phone}}","customer":"Maria Santos","store":"Loja Medida","value":59.90,"url":"https://checkout.exemplo.com/retry/{{number}}"}
        """));

    private static byte[] Post(string route, string authorization, string body) => Encoding.UTF8.GetBytes(
        $"POST {route} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
