using System.Text.Json;

namespace Recado.Ingest.Accepting;

/// <summary>Careful reading of fields that may be missing, null or of another type.</summary>
internal static class JsonFields
{
    /// <summary>The member, or undefined.</summary>
    public static JsonElement Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The text of a string or number; null for anything else and for blank.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name) switch
    {
        { ValueKind: JsonValueKind.String } value when !string.IsNullOrWhiteSpace(value.GetString()) => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    /// <summary>The key for a payload that does not tell its identity: its own bytes.</summary>
    public static string[] BytesKey(this JsonElement element) =>
        ["body", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(element.GetRawText())))];
}
