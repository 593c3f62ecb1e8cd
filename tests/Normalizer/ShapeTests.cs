using System.Text.Json.Nodes;
using Recado.Contracts;

namespace Recado.Tests.Normalizer;

/// <summary>What senders may change without meaning anything else.</summary>
public sealed class ShapeTests
{
    private static IEnumerable<TestCaseData> Payloads() =>
        from source in Sources.All
        from name in Payload.NamesOf(source)
        select new TestCaseData(source, name).SetArgDisplayNames(source, name);

    [TestCaseSource(nameof(Payloads))]
    public void The_order_of_fields_changes_nothing(string source, string name) =>
        AssertSame(source, name, Reversed(Read(source, name)));

    // Where nothing is known, the names of the unknown blocks are what is kept.
    private static IEnumerable<TestCaseData> KnownPayloads() => Payloads().Where(payload => !"unknown-block".Equals(payload.Arguments[1]));

    [TestCaseSource(nameof(KnownPayloads))]
    public void Fields_that_nobody_knows_change_nothing(string source, string name) =>
        AssertSame(source, name, WithUnknownFields(Read(source, name)));

    [TestCaseSource(nameof(Payloads))]
    public void An_explicit_null_is_the_same_as_an_absent_field(string source, string name) =>
        AssertSame(source, name, Filled(Read(source, name), "", FieldsOf(source), _ => null));

    [TestCaseSource(nameof(Payloads))]
    public void An_empty_text_is_the_same_as_an_absent_field(string source, string name)
    {
        var fields = FieldsOf(source);
        AssertSame(source, name, Filled(Read(source, name), "", fields, path => fields[path] ? "" : null));
    }

    private static JsonNode Read(string source, string name) => JsonNode.Parse(Payload.Body(source, name))!;

    private static void AssertSame(string source, string name, JsonNode? variant) =>
        Assert.That(Outcome.Of(source, variant!.ToJsonString()), Is.EqualTo(Payload.Expected(source, name)));

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Reverse().Select(field => KeyValuePair.Create(field.Key, Reversed(field.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Reversed)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? WithUnknownFields(JsonNode? node)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(WithUnknownFields)]);
        if (node is not JsonObject fields)
            return node?.DeepClone();
        var grown = new JsonObject { ["a_future_field"] = new JsonObject { ["status"] = "paid", ["ids"] = new JsonArray(1, null) } };
        foreach (var (key, value) in fields)
            grown[key] = WithUnknownFields(value);
        grown["zz_future_number"] = 1.5;
        return grown;
    }

    /// <summary>Gives every object the fields that its like has in any payload of the source.</summary>
    private static JsonNode? Filled(JsonNode? node, string path, Dictionary<string, bool> known, Func<string, string?> value)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(item => Filled(item, path, known, value))]);
        if (node is not JsonObject fields)
            return node?.DeepClone();
        var filled = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Filled(field.Value, $"{path}/{field.Key}", known, value))));
        foreach (var field in known.Keys.Where(field => field.StartsWith($"{path}/", StringComparison.Ordinal)))
            if (field[(path.Length + 1)..] is var name && !name.Contains('/', StringComparison.Ordinal) && !filled.ContainsKey(name))
                filled[name] = value(field);
        return filled;
    }

    /// <summary>The paths of all fields in all payloads of the source, and whether they only ever hold text.</summary>
    private static Dictionary<string, bool> FieldsOf(string source)
    {
        var fields = new Dictionary<string, bool>();
        foreach (var name in Payload.NamesOf(source))
            Collect(Read(source, name), "", fields);
        return fields;
    }

    private static void Collect(JsonNode? node, string path, Dictionary<string, bool> fields)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Collect(item, path, fields);
        if (node is JsonObject parent)
            foreach (var (key, value) in parent)
            {
                var field = $"{path}/{key}";
                var isText = value is null || value.GetValueKind() == System.Text.Json.JsonValueKind.String;
                fields[field] = isText && fields.GetValueOrDefault(field, true);
                Collect(value, field, fields);
            }
    }
}
