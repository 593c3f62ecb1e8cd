using System.Text.Json;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>The shop's own message as the gateway reports it back: a <c>ReceivedCallback</c> with <c>fromMe: true</c>.</summary>
internal static class EchoCallback
{
    public static byte[] Body(string messageId, SendRequest request, DateTimeOffset at)
    {
        using var document = JsonDocument.Parse(request.Body);
        var sent = document.RootElement;
        return new ReceivedCallback(request.InstanceId, messageId, request.Phone, FromMe: true, at)
            .Body(json => WriteContent(json, request, sent));
    }

    private static void WriteContent(Utf8JsonWriter json, SendRequest request, JsonElement sent)
    {
        switch (request.Kind)
        {
            case "image":
                json.WriteStartObject("image");
                json.WriteString("caption", request.Text);
                json.WriteString("imageUrl", MediaUrl(sent, "image"));
                json.WriteString("mimeType", "image/jpeg");
                json.WriteBoolean("viewOnce", false);
                break;
            case "document":
                json.WriteStartObject("document");
                json.WriteString("mimeType", "application/octet-stream");
                json.WriteString("fileName", Text(sent, "fileName"));
                json.WriteString("title", Text(sent, "fileName"));
                json.WriteString("documentUrl", MediaUrl(sent, "document"));
                break;
            case "text" or "link":
                json.WriteStartObject("text");
                json.WriteString("message", request.Text);
                if (request.Kind == "link")
                    WritePreview(json, sent);
                break;
            default:
                json.WriteStartObject("hydratedTemplate");
                json.WriteStartObject("header");
                json.WriteEndObject();
                json.WriteString("message", request.Text);
                json.WriteString("footer", Text(sent, "footer"));
                json.WriteString("title", Text(sent, "title"));
                break;
        }

        json.WriteEndObject();
    }

    private static void WritePreview(Utf8JsonWriter json, JsonElement sent)
    {
        json.WriteString("description", Text(sent, "linkDescription"));
        json.WriteString("descritpion", Text(sent, "linkDescription"));
        json.WriteString("title", Text(sent, "title"));
        json.WriteString("url", Text(sent, "linkUrl"));
        json.WriteString("thumbnailUrl", MediaUrl(sent, "image"));
    }

    /// <summary>The gateway stores what came as data and gives an address instead.</summary>
    private static string MediaUrl(JsonElement sent, string field) =>
        Text(sent, field) is { } url && url.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? url
            : "https://emulator.invalid/media";

    private static string? Text(JsonElement sent, string field) =>
        sent.TryGetProperty(field, out var value) && SendRules.WrongText(sent, field) is null ? value.GetString() : null;
}
