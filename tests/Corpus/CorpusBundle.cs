using System.Text.Json;
using Recado.Contracts;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Corpus;

/// <summary>
/// A store in which everything that happens is told to the customer at once, with every value that an event can have:
/// what gets through is seen at the gateway. Beside it stands another store, whose tokens are good for nothing here.
/// </summary>
internal static class CorpusBundle
{
    /// <summary>In every token, so that a log that shows one is found out.</summary>
    public const string Secret = "segredo";

    public const string Wiapy = Secret + "-wiapy-Kj2xPq7Lm4";
    public const string Cart = Secret + "-cart-Vb8nTr3Ws9";
    public const string Partner = Secret + "-partner-Zx5cFg6Hj1";
    public const string PartnerName = "abacate";
    public const string Events = Secret + "-events-Qw4eRt9Yu2";
    public const string EzApi = Secret + "-ezapi-Mn7bVc3Xz8";
    public const string Instance = "CORPUS_1";

    /// <summary>Tokens of the other store; each is good for another source than its name says here.</summary>
    public static readonly IReadOnlyList<string> Strangers = [Secret + "-outra-1", Secret + "-outra-2"];

    /// <summary>What the values of a message stand between: the beginning of each of its lines.</summary>
    public static readonly IReadOnlyList<string> Lines =
        ["Oi, ", "Loja: ", "Itens: ", "Valor: ", "Link: ", "Pagar: ", "PIX: ", "Pedido: ", "Rastreio: ", "Fim."];

    private const string Body =
        "Oi, {{customer.name}}!\nLoja: {{store.name}}.\nItens: {{items.summary}}.\nValor: {{value}}.\nLink: {{links.checkout}} .\nPagar: {{links.payment}} .\n"
        + "PIX: {{pix.code}} .\nPedido: {{order.number}} {{order.status}}.\nRastreio: {{shipment.status}} {{shipment.tracking_code}}.\nFim.";

    private static readonly Dictionary<string, string> Fallbacks = new()
    {
        ["items.summary"] = "nada",
        ["value"] = "nada",
        ["links.checkout"] = $"https://loja.{Person.Domain}/",
        ["links.payment"] = $"https://loja.{Person.Domain}/",
        ["pix.code"] = "nenhum",
        ["order.number"] = "nenhum",
        ["order.status"] = "nenhum",
        ["shipment.status"] = "nenhum",
        ["shipment.tracking_code"] = "nenhum",
    };

    /// <summary>The path of the bundle.</summary>
    /// <param name="gateway">Where its messages go.</param>
    public static async Task<string> WriteAsync(string gateway)
    {
        var path = Path.Combine(RunFolder.New("corpus-bundle"), "bundle.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { stores = (object[])[Store(gateway), OtherStore] }));
        return path;
    }

    private static object Store(string gateway) => new
    {
        id = "corpus",
        name = Person.Shop,
        linkHosts = (string[])[$"loja.{Person.Domain}"],
        credentials = (object[])
        [
            new { source = Sources.Wiapy, token = Wiapy }, new { source = Sources.AbandonedCart, token = Cart },
            new { source = Sources.Partner, channel = PartnerName, token = Partner }, new { source = Sources.Events, token = Events },
            new { source = Sources.EzApi, channel = Instance, token = EzApi },
        ],
        gateways = (object[])[new { instance = Instance, baseAddress = gateway, token = Secret, clientToken = Secret }],
        templates = (object[])
        [
            new { name = "everything", category = "utility", body = Body, fallbacks = Fallbacks, otherwise = "without-codes" },
            new { name = "without-codes", category = "utility", body = "Oi, {{customer.name}}!\nLoja: {{store.name}}.\nItens: {{items.summary}}.\nFim.", fallbacks = Fallbacks.Take(1).ToDictionary() },
        ],
        automations = EventTypes.All.Select(type => new
        {
            id = type.Replace('.', '-'),
            trigger = type,
            @class = "transactional",
            steps = (object[])[new { send = "everything" }],
        }),
    };

    private static readonly object OtherStore = new
    {
        id = "outra",
        credentials = (object[])[new { source = Sources.Partner, channel = "banana", token = Strangers[0] }, new { source = Sources.EzApi, channel = "OUTRA_1", token = Strangers[1] }],
    };
}
