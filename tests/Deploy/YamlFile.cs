using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Recado.Tests.Deploy;

/// <summary>Reads the repository's YAML as JSON, in which every value is a text; anchors and merges (<c>&lt;&lt;</c>) are resolved.</summary>
internal static class YamlFile
{
    private const string Merge = "<<";

    /// <summary>The only document of a file.</summary>
    /// <param name="path">From the root of the repository.</param>
    public static JsonNode Read(string path) => ReadAll(path).Single();

    /// <summary>All documents of a file.</summary>
    public static IReadOnlyList<JsonNode> ReadAll(string path)
    {
        using var reader = new StreamReader(Repository.PathOf(path));
        var parser = new Parser(reader);
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(ToJson(deserializer.Deserialize<object>(parser))!);
        return documents;
    }

    /// <summary>The items of a list, as texts; none where there is no list.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? list) => list is null ? [] : [.. list.AsArray().Select(Text)];

    /// <summary>A single value.</summary>
    public static string Text(this JsonNode? value) => value!.GetValue<string>();

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> map => Merged(map),
        IList<object?> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create((string)value),
    };

    /// <summary>What stands in the map itself wins over what is merged in, and of that the first.</summary>
    private static JsonObject Merged(IDictionary<object, object?> map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Where(each => !Merge.Equals(each.Key)))
            result[(string)key] = ToJson(value);
        if (!map.TryGetValue(Merge, out var merged))
            return result;
        foreach (var parent in merged is IList<object?> several ? several : [merged])
            foreach (var (key, value) in ToJson(parent)!.AsObject().Where(each => !result.ContainsKey(each.Key)).ToList())
                result[key] = value?.DeepClone();
        return result;
    }
}
