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
    private static int made;

    /// <summary>So many, built before the load begins.</summary>
    public static IReadOnlyList<Webhook> Make(int count) => [.. Enumerable.Range(0, count).Select(_ => Next(DateTime.UtcNow))];

    private static Webhook Next(DateTime now)
    {
        var number = Interlocked.Increment(ref made);
        // Eight digits after the 9 of a mobile; the first of them is 6 to 9.
        var phone = string.Create(CultureInfo.InvariantCulture, $"55119{60_000_000 + number}");
        return new(phone, number % 2 == 0 ? Cart(phone, number, now) : PaymentFailed(phone, number));
    }

    private static byte[] Cart(string phone, int number, DateTime now) => Post("/webhooks/abandoned-cart", Shop.CartToken, string.Create(CultureInfo.InvariantCulture,
        $$$"""
        {"cart_token":"CART_{{{number}}}","abandoned_at":"{{{now:yyyy-MM-ddTHH:mm:ss.fffZ}}}","cart_amount":15000,"recovery_url":"https://checkout.seudominio.com/r/CART_{{{number}}}","customer":{"name":"João Silva","email":"cliente-{{{number}}}@example.com","phone":"+{{{phone}}}"},"products":[{"name":"Notebook Dell Inspiron","code":"NOTEBOOK_001","price":12000,"quantity":1,"image_url":"https://example.com/images/notebook.jpg"},{"name":"Mouse Logitech","code":"MOUSE_001","price":3000,"quantity":1,"image_url":"https://example.com/images/mouse.jpg"}],"utms":{"src":"facebook","utm_source":"facebook","utm_medium":"cpc","utm_campaign":"notebook_promocao"}}
        """));

    private static byte[] PaymentFailed(string phone, int number) => Post($"/api/v1/partners/{Shop.Partner}/events", $"Bearer {Shop.PartnerKey}", string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"event":"payment.failed","phone":"{{phone}}","customer":"Maria Santos","store":"Loja Medida","value":59.90,"url":"https://checkout.exemplo.com/retry/{{number}}"}
        """));

    private static byte[] Post(string route, string authorization, string body) => Encoding.UTF8.GetBytes(
        $"POST {route} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
