using System.Text.Json;

namespace Recado.Tests.Benchmarks.Traffic;

/// <summary>The one store that all load is about. Every event makes one message at once.</summary>
public static class Shop
{
    public const string Id = "loja-medida";

    // The names that Standalone calls itself back with.
    public const string Instance = "INSTANCE_1";
    public const string CallbackToken = "ezapi-demo-token";

    public const string CartToken = "cart-token-of-loja-medida";
    public const string Partner = "acme";
    public const string PartnerKey = "partner-key-of-loja-medida";
    public const string GatewayToken = "gateway-token";
    public const string ClientToken = "client-token";

    /// <summary>Writes the bundle into a folder and returns its path.</summary>
    public static string WriteBundle(string folder)
    {
        var path = Path.Combine(folder, "bundle.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { stores = new[] { Store } }));
        return path;
    }

    private static object Store => new
    {
        id = Id,
        name = "Loja Medida",
        credentials = new object[]
        {
            new { source = "abandoned-cart", token = CartToken },
            new { source = "partner", channel = Partner, token = PartnerKey },
            new { source = "ezapi", channel = Instance, token = CallbackToken },
        },
        gateways = new[] { new { instance = Instance, baseAddress = "${GatewayUrl}", token = GatewayToken, clientToken = ClientToken } },
        templates = new[] { Template("cart", CartText), Template("failed", FailedText) },
        automations = new object[]
        {
            new
            {
                id = "cart", trigger = "cart.abandoned", @class = "reminder", stopOn = new[] { "payment.approved" }, reentryAfter = "24h",
                steps = new[] { new { send = "cart" } },
            },
            new { id = "failed", trigger = "payment.failed", @class = "transactional", steps = new[] { new { send = "failed" } } },
        },
    };

    // Two of the demo store's texts, of usual length.
    private const string CartText =
        "Oi, {{1}}! Tudo bem?\n\nSua compra de {{3}} em {{2}} ficou no carrinho, do jeitinho que você deixou. Para continuar, é só acessar:\n{{4}}\n\nSe ficou alguma dúvida, responda esta mensagem.";

    private const string FailedText =
        "Oi, {{1}}. O pagamento da sua compra em {{2}}, no valor de {{3}}, não foi aprovado.\n\nVocê pode tentar de novo, com o mesmo ou com outro meio de pagamento:\n{{4}}\n\nPrecisando de ajuda, responda esta mensagem.";

    private static object Template(string name, string body) =>
        new { name, body, variables = new[] { "customer.name", "store.name", "value", "links.checkout" } };
}
