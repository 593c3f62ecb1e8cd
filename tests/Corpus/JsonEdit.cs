using System.Text.Json.Nodes;

namespace Recado.Tests.Corpus;

/// <summary>Changes one place of a JSON text; what comes in need not be JSON.</summary>
internal static class JsonEdit
{
    private const string Here = "@here@";

    /// <summary>The paths of all fields, outermost first: <c>payment.amount</c>, <c>products[0].name</c>.</summary>
    public static IEnumerable<string> Paths(string json) => Paths(JsonNode.Parse(json)!, "");

    /// <summary>The text with another value in one place.</summary>
    /// <param name="raw">The value as it is to stand there, quotes and all.</param>
    public static string With(string json, string path, string raw)
    {
        var root = JsonNode.Parse(json)!;
        var (parent, name) = Find(root, path);
        parent[name] = Here;
        return root.ToJsonString().Replace($"\"{Here}\"", raw, StringComparison.Ordinal);
    }

    public static string Without(string json, string path)
    {
        var root = JsonNode.Parse(json)!;
        var (parent, name) = Find(root, path);
        parent.Remove(name);
        return root.ToJsonString();
    }

    /// <summary>The text with one more field in the object that holds the path, after all others.</summary>
    /// <param name="rawName">The name as it is to stand there, without quotes.</param>
    public static string Beside(string json, string path, string rawName, string raw)
    {
        var root = JsonNode.Parse(json)!;
        Find(root, path).Parent[Here] = "@value@";
        return root.ToJsonString().Replace($"\"{Here}\"", $"\"{rawName}\"", StringComparison.Ordinal).Replace("\"@value@\"", raw, StringComparison.Ordinal);
    }

    /// <summary>The value that stands there.</summary>
    public static JsonNode? At(string json, string path)
    {
        var (parent, name) = Find(JsonNode.Parse(json)!, path);
        return parent[name];
    }

    public static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Where the structure is: brackets, commas, colons and the quotes around strings.</summary>
    public static IReadOnlyList<int> Structure(string json)
    {
        var places = new List<int>();
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
                inString = !inString;
            if (json[i] == '"' || (!inString && json[i] is '{' or '}' or '[' or ']' or ',' or ':'))
                places.Add(i);
            if (json[i] == '\\')
                i++;
        }
        return places;
    }

    private static IEnumerable<string> Paths(JsonNode node, string path)
    {
        if (node is JsonObject fields)
            foreach (var (name, value) in fields)
            {
                var inner = path.Length == 0 ? name : $"{path}.{name}";
                yield return inner;
                foreach (var deeper in value is null ? [] : Paths(value, inner))
                    yield return deeper;
            }
        if (node is JsonArray array)
            for (var i = 0; i < array.Count; i++)
                foreach (var deeper in array[i] is { } item ? Paths(item, $"{path}[{i}]") : [])
                    yield return deeper;
    }

    private static (JsonObject Parent, string Name) Find(JsonNode root, string path)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = root;
        foreach (var step in steps[..^1])
            node = step[0] == '[' ? node[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        return (node.AsObject(), steps[^1]);
    }
}
