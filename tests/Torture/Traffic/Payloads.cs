using System.Globalization;
using System.Text.Json;

namespace Recado.Tests.Torture.Traffic;

/// <summary>The bodies of the five sources, each about one person.</summary>
public static class Payloads
{
    public static Fact Registered(Store store, string phone, string name) => Event(store, name,
        new { id = name, type = "customer.registered", customer = new { name = "Rita", phone = "+" + phone } });

    public static Fact Order(Store store, string phone, string name) => Event(store, name,
        new { id = name, type = "order.created", customer = new { name = "Rita", phone = "+" + phone }, order = new { id = name, number = name } });

    public static Fact Cart(Store store, string phone, string name, DateTimeOffset now) =>
        new(store, name, "abandoned-cart", $"/webhooks/abandoned-cart/{store.CartToken}", null, Json(new
        {
            cart_token = name,
            abandoned_at = Iso(now),
            cart_amount = 15000,
            recovery_url = $"https://checkout.seudominio.com/r/{name}",
            customer = new { name = "João Silva", email = EmailOf(phone), phone = "+" + phone },
            products = new[] { new { name = "Mouse", code = "MOUSE_001", price = 15000, quantity = 1 } },
            utms = new { },
        }), OccurredAt: now);

    public static Fact Sale(Store store, string phone, string name, DateTimeOffset now) =>
        new(store, name, "abandoned-cart", "/webhooks/abandoned-cart", store.CartToken, Json(new
        {
            transaction_token = name,
            external_code = name,
            payment_status = "approved",
            payment_type = "pix",
            transaction_amount = 15000,
            date_created = Iso(now),
            date_approved = Iso(now),
            customer = new { full_name = "João Silva", email = EmailOf(phone), cellphone = "+" + phone },
            products = new[] { new { title = "Mouse", code = "MOUSE_001", amount = 15000, quantity = 1 } },
            utms = new { },
        }));

    /// <summary>A payment by Wiapy.</summary>
    /// <param name="status"><c>unpaid</c> makes a PIX, <c>credit_card_declined</c> a failure, <c>paid</c> a purchase, what is unknown is quarantined.</param>
    /// <param name="payment">The payment's id; the same one moves from status to status.</param>
    public static Fact Wiapy(Store store, string phone, string name, string status, string payment, DateTimeOffset now, bool poison = false) =>
        new(store, name, "wiapy", "/webhooks/wiapy", store.WiapyToken, Json(new
        {
            payment = new
            {
                id = payment,
                status,
                amount = 4700,
                payment_method = status == "credit_card_declined" ? "credit_card" : "pix",
                type = "payment",
                installments = 0,
                pix_boleto = new { url = $"https://pay.example/p/{payment}" },
                dt_create = Iso(now),
                dt_update = Iso(now),
            },
            customer = new { id = $"c-{phone}", name = "Ana", email = EmailOf(phone), mobile_phone = "+" + phone },
            checkout = new { id = "66e0799f17f298ff3c60f3aa", title = "Curso", amount = 4700 },
            products = new[] { new { id = "66df9e14dbebe565ee587f00", title = "Curso", type = "Curso Online" } },
        }), OccurredAt: now, IsPoison: poison);

    public static Fact PartnerFailed(Store store, string phone, string name) =>
        new(store, name, "partner", $"/api/v1/partners/partner-{store.Area}/events", $"Bearer {store.PartnerKey}", Json(new Dictionary<string, object>
        {
            ["event"] = "payment.failed",
            ["phone"] = phone,
            ["customer"] = "Maria Santos",
            ["store"] = "Loja",
            ["value"] = 59.90,
            ["url"] = $"https://checkout.exemplo.com/retry/{name}",
        }));

    public static Fact Reply(Store store, string phone, string name, DateTimeOffset now) => Callback(store, name, new
    {
        type = "ReceivedCallback",
        instanceId = store.Instance,
        messageId = name,
        phone,
        fromMe = false,
        momment = now.ToUnixTimeMilliseconds(),
        text = new { message = "Oi, já resolvi." },
    });

    public static Fact Connection(Store store, string name, bool connected, DateTimeOffset now) => Callback(store, name, connected
        ? new { type = "ConnectedCallback", connected = true, momment = now.ToUnixTimeMilliseconds(), instanceId = store.Instance }
        : new { type = "DisconnectedCallback", disconnected = true, momment = now.ToUnixTimeMilliseconds(), instanceId = store.Instance, error = "connection lost" });

    private static Fact Event(Store store, string name, object body) => new(store, name, "events", "/api/v1/events", $"Bearer {store.EventsKey}", Json(body));

    private static Fact Callback(Store store, string name, object body) => new(store, name, "ezapi", $"/webhooks/ezapi/{store.CallbackToken}", null, Json(body));

    private static string EmailOf(string phone) => $"cliente-{phone}@example.com";

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Json(object body) => JsonSerializer.Serialize(body);
}
