using System.Text.Json.Nodes;
using Recado.Contracts;

namespace Recado.Tests.Normalizer;

/// <summary>All that senders may change without meaning anything else, at once and by chance.</summary>
public sealed class ShapePropertyTests
{
    private const int Times = 25;

    private static IEnumerable<TestCaseData> Payloads() =>
        from source in Sources.All
        from name in Payload.NamesOf(source)
        select new TestCaseData(source, name).SetArgDisplayNames(source, name);

    // Where nothing is known, the names of the unknown blocks are what is kept.
    private static IEnumerable<TestCaseData> KnownPayloads() => Payloads().Where(payload => !"unknown-block".Equals(payload.Arguments[1]));

    [TestCaseSource(nameof(KnownPayloads))]
    public void Order_unknown_fields_nulls_and_white_space_together_change_nothing(string source, string name)
    {
        var random = new Random(20_260_703);
        var known = Known(source);
        for (var i = 0; i < Times; i++)
        {
            var variant = Disturbed(JsonNode.Parse(Payload.Body(source, name)), "", known, random)!.ToJsonString(new() { WriteIndented = random.Next(2) == 0 });
            Assert.That(Outcome.Of(source, variant), Is.EqualTo(Payload.Expected(source, name)), variant);
        }
    }

    [TestCaseSource(nameof(Payloads))]
    public void The_same_webhook_always_says_the_same(string source, string name) =>
        Assert.That(Outcome.Of(source, Payload.Body(source, name)), Is.EqualTo(Outcome.Of(source, new string(Payload.Body(source, name)))));

    /// <summary>In another order, with fields that nobody knows, and with null for some that others of its kind have.</summary>
    private static JsonNode? Disturbed(JsonNode? node, string path, ILookup<string, string> known, Random random)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(item => Disturbed(item, path, known, random))]);
        if (node is not JsonObject given)
            return node?.DeepClone();
        var fields = given.Select(field => KeyValuePair.Create(field.Key, Disturbed(field.Value, $"{path}/{field.Key}", known, random))).ToList();
        fields.AddRange(known[path].Where(name => !given.ContainsKey(name) && random.Next(2) == 0).Select(name => KeyValuePair.Create(name, (JsonNode?)null)));
        for (var i = random.Next(3); i > 0; i--)
            fields.Add(KeyValuePair.Create($"future_field_{i}", Unknown(random)));
        return new JsonObject(fields.Shuffle(random));
    }

    private static JsonNode? Unknown(Random random) => random.Next(5) switch
    {
        0 => null,
        1 => random.NextDouble(),
        2 => new JsonArray("paid", 1, null),
        3 => new JsonObject { ["status"] = "paid", ["phone"] = "5511988887777", ["id"] = "x" },
        _ => "5511988887777",
    };

    /// <summary>The names of fields by the path of their object, of all payloads of a source.</summary>
    private static ILookup<string, string> Known(string source) => Payload.NamesOf(source)
        .SelectMany(name => Fields(JsonNode.Parse(Payload.Body(source, name)), "")).Distinct().ToLookup(field => field.Path, field => field.Name);

    private static IEnumerable<(string Path, string Name)> Fields(JsonNode? node, string path) => node switch
    {
        JsonArray array => array.SelectMany(item => Fields(item, path)),
        JsonObject fields => fields.SelectMany(field => Fields(field.Value, $"{path}/{field.Key}").Prepend((path, field.Key))),
        _ => [],
    };
}

file static class Chance
{
    /// <summary>The same order for the same seed.</summary>
    public static IEnumerable<T> Shuffle<T>(this List<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
