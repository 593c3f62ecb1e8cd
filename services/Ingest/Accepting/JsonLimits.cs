using System.Text.Json;

namespace Recado.Ingest.Accepting;

/// <summary>How much structure a body may have. Its bytes are limited as well; this is about what they cost.</summary>
/// <param name="Levels">How deep.</param>
/// <param name="Names">Most names in one object: each is compared with the others.</param>
/// <param name="Items">Most items in one list.</param>
/// <param name="TextBytes">Longest name or text, in bytes as sent.</param>
public sealed record JsonLimits(int Levels, int Names, int Items, int TextBytes)
{
    /// <summary>Of a commerce webhook: twice as deep as the deepest documented payload, and far larger in everything.</summary>
    public static readonly JsonLimits OfWebhooks = new(Levels: 16, Names: 1000, Items: 1000, TextBytes: 16 * 1024);

    /// <summary>Of a gateway callback: people write long messages and send contacts with photos in them, so the body alone limits a text.</summary>
    public static readonly JsonLimits OfCallbacks = OfWebhooks with { TextBytes = int.MaxValue };

    /// <summary>Of a batch of events as a whole, with its envelope and list. Each event in it is judged alone, as a webhook.</summary>
    public static readonly JsonLimits OfBatches = new(OfWebhooks.Levels + 2, Names: 20_000, Items: 20_000, TextBytes: int.MaxValue);

    /// <summary>False when a body has more. Reads it once, keeps nothing, and stops where it is too much.</summary>
    /// <exception cref="JsonException">It is no JSON, or too deep.</exception>
    public bool Allow(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Levels });
        Span<int> counts = stackalloc int[Levels + 1]; // of what each open object or list holds so far, by its level
        Span<bool> lists = stackalloc bool[Levels + 1];
        while (reader.Read())
        {
            var (token, level) = (reader.TokenType, reader.CurrentDepth);
            if (token is JsonTokenType.PropertyName && ++counts[level] > Names)
                return false;
            if (lists[level] && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray) && ++counts[level] > Items)
                return false;
            if (token is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueSpan.Length > TextBytes)
                return false;
            if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
                (counts[level + 1], lists[level + 1]) = (0, token is JsonTokenType.StartArray);
        }
        return true;
    }
}
