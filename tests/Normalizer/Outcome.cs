using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>A result as text, the messages as they go over the wire.</summary>
internal static class Outcome
{
    private static readonly JsonSerializerOptions Readable = new(ContractsJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What stays in the Normalizer has no part in the contracts' JSON.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(string source, string body) => Of(Normalization.Normalize(Payload.Webhook(source, body)));

    public static string Of(Normalized result)
    {
        var outcome = new JsonObject();
        if (result.Quarantine is { } quarantine)
            outcome["quarantine"] = new JsonObject { ["reason"] = quarantine.Reason, ["field"] = quarantine.Field };
        if (result.Ignored is { } ignored)
            outcome["ignored"] = ignored;
        if (result.Inbound is { } inbound)
        {
            outcome["chat"] = JsonNamingPolicy.CamelCase.ConvertName(inbound.Chat.ToString());
            if (result.Messages.Count == 0)
                (outcome["kind"], outcome["content"]) = (inbound.Kind, JsonSerializer.SerializeToNode(inbound.Content, Readable));
        }
        if (result.Notification is { } notification)
            outcome["notification"] = new JsonObject { [notification.GetType().Name] = JsonSerializer.SerializeToNode(notification, notification.GetType(), Plain) };
        if (result.Presence is { } presence)
            outcome["presence"] = JsonSerializer.SerializeToNode(presence, Plain);
        if (result.Messages.Count > 0)
            outcome["messages"] = new JsonArray([.. result.Messages.Select(AsNode)]);
        return outcome.ToJsonString(Readable) + "\n";
    }

    private static JsonNode AsNode(IMessage message) => new JsonObject
    {
        [message.GetType().GetCustomAttribute<WireNameAttribute>()!.Name] = JsonSerializer.SerializeToNode(message, message.GetType(), Readable),
    };
}
