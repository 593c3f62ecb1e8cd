using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Recado.Normalizer.Reading;

/// <summary>JSON strings: a document may parse and still hold strings that are no Unicode text.</summary>
internal static class Strings
{
    /// <summary>False for another type, a lone surrogate, or bytes that are not UTF-8.</summary>
    public static bool TryRead(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        return text is not null;
    }

    /// <summary>The name of a field; null where it is no Unicode text.</summary>
    public static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether every string and every name in it is Unicode text.</summary>
    public static bool AreReadable(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => TryRead(element, out _),
                JsonValueKind.Array => element.EnumerateArray().All(AreReadable),
                JsonValueKind.Object => element.EnumerateObject().All(property => property.Name is not null && AreReadable(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
