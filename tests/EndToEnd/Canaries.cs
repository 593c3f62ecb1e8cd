using System.Text.Json.Nodes;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Values that nobody writes by chance. Where one of them turns up, somebody's data or a secret has got out.</summary>
internal static class Canaries
{
    public const string Phone = "5511955598761";
    public const string Name = "Zimbrolina";
    public const string Document = "71428793860";
    public const string Email = "zimbro@canario.example";
    public const string Card = "4929183746650192";
    public const string Street = "Rua do Zimbro";
    public const string Text = "palavra zimbrada";
    public const string Query = "zimbroquery";

    /// <summary>Each token of the demo bundle, and what stands in its place.</summary>
    public static readonly IReadOnlyDictionary<string, string> Tokens = new Dictionary<string, string>
    {
        ["wiapy-demo-token"] = "zimbro-wiapy",
        ["cart-demo-token"] = "zimbro-cart",
        ["partner-demo-key"] = "zimbro-partner",
        ["events-demo-key"] = "zimbro-events",
        ["ezapi-demo-token"] = "zimbro-ezapi",
        ["emulator-client-token"] = "zimbro-client",
        ["emulator-token"] = "zimbro-instance",
    };

    /// <summary>What no log, span, metric, error or command line may hold, whatever the case.</summary>
    public static readonly string[] Forbidden = ["zimbr", Phone, Phone[2..], Phone[4..], Document, "714.287.938-60", Card, TestKey.Value];

    /// <summary>Bodies like those in the documents, full of canaries.</summary>
    public static string Plant(string json)
    {
        var body = JsonNode.Parse(json)!;
        Plant(body, "");
        return body.ToJsonString();
    }

    private static JsonNode? Plant(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var field in fields.ToList())
                    if (Plant(field.Value, field.Key) is { } planted)
                        fields[field.Key] = planted;
                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (Plant(items[i], name) is { } planted)
                        items[i] = planted;
                return null;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return Instead(name.ToLowerInvariant(), text) is { } canary ? JsonValue.Create(canary) : null;
            default:
                return null;
        }
    }

    private static string? Instead(string name, string text) => name switch
    {
        "phone" or "mobile_phone" or "cellphone" or "participantphone" or "connectedphone" => text.StartsWith('+') ? "+" + Phone : Phone,
        "email" => Email,
        "document" or "identification_number" or "cpf" => Document,
        "name" or "full_name" or "customer" or "sendername" or "chatname" or "displayname" => $"{Name} da Silva",
        "street" or "street_name" or "address" or "city" or "neighborhood" or "complement" or "customer_address" => Street,
        "card" or "card_number" => Card,
        "message" or "caption" or "text" or "title" or "description" or "footer" => Text,
        _ when text.StartsWith("https://", StringComparison.Ordinal) => $"{text}{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}q={Query}",
        _ => null,
    };
}
