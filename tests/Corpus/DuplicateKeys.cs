using System.Globalization;

namespace Recado.Tests.Corpus;

/// <summary>A name twice in one object: two readers would see two events. At every field, plain, escaped and with another value.</summary>
internal static class DuplicateKeys
{
    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        var sample = endpoint.Valid(Person.Nobody);
        foreach (var path in JsonEdit.Paths(sample))
        {
            var name = JsonEdit.NameOf(path);
            yield return Twice(endpoint, $"{path} again", path, name, null);
            yield return Twice(endpoint, $"{path} as null", path, name, "null");
            yield return Twice(endpoint, $"{path} with its first letter escaped", path, Escaped(name[0]) + name[1..], "1");
            yield return Twice(endpoint, $"{path} escaped", path, string.Concat(name.Select(Escaped)), "\"x\"");
        }
        foreach (var unknown in (string[])["{\"a\":1,\"a\":1}", "[{\"a\":1,\"a\":2}]", "{\"\":1,\"\":2}", "{\"é\":1,\"\\u00e9\":2}", "{\"😀\":1,\"\\ud83d\\ude00\":2}", "{\"a\\/b\":1,\"a/b\":2}", "{\"a\":{\"b\":[{\"c\":1,\"c\":1}]}}", "{\"a\":1,\"b\":1,\"c\":1,\"a\":1}"])
            yield return new(nameof(DuplicateKeys), $"in {unknown}, which nobody reads", Kind.Bad,
                person => endpoint.Post(JsonEdit.Beside(endpoint.Valid(person), endpoint.WordField.Split('.')[0], "extra", unknown)))
            { Answer = (400, "malformed_json") };
        // Another case is another name, and nobody reads that.
        foreach (var path in JsonEdit.Paths(sample))
            yield return new(nameof(DuplicateKeys), $"{path} in capitals", endpoint.Sends ? Kind.Odd : Kind.Bad,
                person => endpoint.Post(JsonEdit.Beside(endpoint.Valid(person), path, JsonEdit.NameOf(path).ToUpperInvariant(), "\"x\"")));
    }

    /// <param name="raw">The second value; null for the first one again.</param>
    private static Case Twice(Endpoint endpoint, string name, string path, string rawName, string? raw) =>
        new(nameof(DuplicateKeys), name, Kind.Bad, person => endpoint.Post(Doubled(endpoint.Valid(person), path, rawName, raw))) { Answer = (400, "malformed_json") };

    private static string Doubled(string json, string path, string rawName, string? raw) =>
        JsonEdit.Beside(json, path, rawName, raw ?? JsonEdit.At(json, path)?.ToJsonString() ?? "null");

    private static string Escaped(char letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
}
