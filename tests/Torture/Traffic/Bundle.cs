using System.Text.Json;

namespace Recado.Tests.Torture.Traffic;

/// <summary>The bundle of a run: templates, automations and gateways of every store. Waits are seconds, so that nothing has to be scaled.</summary>
public static class Bundle
{
    public static readonly TimeSpan FirstReminder = TimeSpan.FromSeconds(6);
    public static readonly TimeSpan SecondReminder = TimeSpan.FromSeconds(14);
    public static readonly TimeSpan PixReminder = TimeSpan.FromSeconds(8);

    public const string OrderText = "Pedido ";
    public const string FailedText = "Pagamento recusado";
    public const string FirstReminderText = "Seu carrinho espera";
    public const string SecondReminderText = "Seu carrinho ainda espera";
    public const string PixReminderText = "Seu PIX espera";

    /// <summary>What a template says about the fact of this name.</summary>
    public static string TextOf(string? template, string fact) => template switch
    {
        "order" => OrderText + fact,
        "failed" => FailedText,
        "first" => FirstReminderText,
        "second" => SecondReminderText,
        "pix" => PixReminderText,
        _ => "",
    };

    /// <summary>Writes it into a folder.</summary>
    /// <param name="gatewayUrl">Where the emulator answers; by default the one that is started with the services.</param>
    public static string Write(string folder, string gatewayUrl = "${GatewayUrl}")
    {
        var path = Path.Combine(folder, "bundle.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { stores = Store.All.Select(store => StoreOf(store, gatewayUrl)) }));
        return path;
    }

    private static object StoreOf(Store store, string gatewayUrl) => new
    {
        id = store.Id,
        credentials = new object[]
        {
            new { source = "wiapy", token = store.WiapyToken },
            new { source = "abandoned-cart", token = store.CartToken },
            new { source = "partner", channel = $"partner-{store.Area}", token = store.PartnerKey },
            new { source = "events", token = store.EventsKey },
            new { source = "ezapi", channel = store.Instance, token = store.CallbackToken },
        },
        gateways = new[] { new { instance = store.Instance, baseAddress = gatewayUrl, token = $"gateway-token-of-{store.Id}", clientToken = $"client-token-of-{store.Id}" } },
        templates = new[]
        {
            new { name = "order", body = OrderText + "{{order.number}}" },
            new { name = "failed", body = FailedText },
            new { name = "first", body = FirstReminderText },
            new { name = "second", body = SecondReminderText },
            new { name = "pix", body = PixReminderText },
        },
        automations = Automations,
    };

    // No automation starts from customer.registered: the crowd costs no message.
    private static readonly object[] Automations =
    [
        new { id = "order", trigger = "order.created", @class = "transactional", steps = new[] { Send("order") } },
        new { id = "failed", trigger = "payment.failed", @class = "transactional", steps = new[] { Send("failed") } },
        new
        {
            id = "cart", trigger = "cart.abandoned", @class = "reminder", stopOn = new[] { "payment.approved" }, reentryAfter = "24h",
            steps = new[] { Wait(FirstReminder), Send("first"), Wait(SecondReminder - FirstReminder), Send("second") },
        },
        new
        {
            id = "pix", trigger = "pix.created", @class = "reminder", stopOn = new[] { "payment.approved", "customer.replied" },
            steps = new[] { Wait(PixReminder), Send("pix") },
        },
    ];

    private static Dictionary<string, string> Send(string template) => new() { ["send"] = template };

    private static Dictionary<string, string> Wait(TimeSpan span) => new() { ["wait"] = $"{span.TotalSeconds:0}s" };
}
