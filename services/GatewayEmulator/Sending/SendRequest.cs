using System.Text.Json;
using System.Text.Unicode;

namespace Recado.GatewayEmulator.Sending;

/// <summary>A send that passed the gateway's checks.</summary>
/// <param name="Kind">See <see cref="SendAction.Kind"/>.</param>
/// <param name="Text">Message or caption, or "".</param>
/// <param name="Body">The JSON as received, UTF-8.</param>
public sealed record SendRequest(string InstanceId, string Kind, string Phone, string Text, byte[] Body)
{
    /// <summary>The request, or the gateway's words for what is wrong with it. Never throws.</summary>
    public static (SendRequest? Request, string? Problem) Parse(string instanceId, SendAction action, byte[] body)
    {
        if (!Utf8.IsValid(body))
            return (null, "invalid JSON body");
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return (null, "invalid JSON body");
            if (Problem(action, root) is { } problem)
                return (null, problem);
            return (new(instanceId, action.Kind, Field(root, "phone")!, Field(root, action.TextField) ?? "", body), null);
        }
        catch (JsonException)
        {
            return (null, "invalid JSON body");
        }
    }

    private static string? Problem(SendAction action, JsonElement root)
    {
        foreach (var field in action.Required)
        {
            if (SendRules.Missing(root, field) is { } problem)
                return problem;
        }

        var phone = Field(root, "phone")!;
        if (!WhatsAppPhone.IsValid(phone))
            return "phone must have 12 to 15 digits, or be a group or LID";
        if (root.TryGetProperty(action.TextField, out _) && SendRules.WrongText(root, action.TextField) is { } wrong)
            return wrong;
        return action.Kind switch
        {
            "link" => SendRules.Link(root),
            "button-list" => SendRules.ButtonList(root),
            "button-actions" => SendRules.ButtonActions(root),
            "option-list" => SendRules.OptionList(root, phone),
            _ => null,
        };
    }

    private static string? Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
