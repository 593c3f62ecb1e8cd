using System.Text.Json;

namespace Recado.GatewayEmulator.Sending;

/// <summary>What the gateway checks beyond JSON; each rule answers null or the gateway's words for what is wrong.</summary>
internal static class SendRules
{
    public static string? Missing(JsonElement parent, string field, string path = "")
    {
        if (!parent.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return $"{path}{field} is required";
        return WrongText(parent, field, path) ?? (value.GetString() is { Length: 0 } ? $"{path}{field} is required" : null);
    }

    public static string? WrongText(JsonElement parent, string field, string path = "")
    {
        var value = parent.GetProperty(field);
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return $"{path}{field} must be a string";
        try
        {
            value.GetString();
            return null;
        }
        catch (InvalidOperationException)
        {
            // JSON lets half of a surrogate pair through; no text can hold it.
            return $"{path}{field} is not valid Unicode";
        }
    }

    /// <summary>WhatsApp shows the preview only when the link ends the message.</summary>
    public static string? Link(JsonElement root) =>
        Text(root, "message").EndsWith(Text(root, "linkUrl"), StringComparison.Ordinal) ? null : "message must end with linkUrl";

    public static string? ButtonList(JsonElement root)
    {
        if (!root.TryGetProperty("buttonList", out var list) || list.ValueKind != JsonValueKind.Object)
            return "buttonList is required";
        return EachOf(list, "buttons", "buttonList.", (button, path) => Missing(button, "label", path));
    }

    public static string? ButtonActions(JsonElement root)
    {
        if (EachOf(root, "buttonActions", "", ButtonAction) is { } problem)
            return problem;
        var replies = root.GetProperty("buttonActions").EnumerateArray().Count(button => Text(button, "type") == "REPLY");
        return replies == 0 || replies == root.GetProperty("buttonActions").GetArrayLength()
            ? null
            : "buttonActions must not mix REPLY with CALL or URL";
    }

    public static string? OptionList(JsonElement root, string phone)
    {
        if (WhatsAppPhone.IsGroup(phone))
            return "optionList cannot be sent to a group";
        if (!root.TryGetProperty("optionList", out var list) || list.ValueKind != JsonValueKind.Object)
            return "optionList is required";
        return Missing(list, "title", "optionList.") ?? Missing(list, "buttonLabel", "optionList.")
            ?? EachOf(list, "options", "optionList.",
                (option, path) => Missing(option, "title", path) ?? Missing(option, "description", path));
    }

    private static string? ButtonAction(JsonElement button, string path)
    {
        if ((Missing(button, "type", path) ?? Missing(button, "label", path)) is { } problem)
            return problem;
        return Text(button, "type") switch
        {
            "CALL" => Missing(button, "phone", path),
            "URL" => Missing(button, "url", path),
            "REPLY" => null,
            _ => $"{path}type must be CALL, URL or REPLY",
        };
    }

    private static string? EachOf(JsonElement parent, string field, string path, Func<JsonElement, string, string?> rule)
    {
        if (!parent.TryGetProperty(field, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            return $"{path}{field} is required";
        var index = 0;
        foreach (var entry in list.EnumerateArray())
        {
            var place = $"{path}{field}[{index++}]";
            var problem = entry.ValueKind == JsonValueKind.Object ? rule(entry, $"{place}.") : $"{place} must be an object";
            if (problem is not null)
                return problem;
        }

        return null;
    }

    private static string Text(JsonElement parent, string field) => parent.GetProperty(field).GetString()!;
}
