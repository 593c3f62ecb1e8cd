using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Recado.Tests.Ingest;

/// <summary>Evaluates the keywords of JSON Schema that the schema of events uses, and no others.</summary>
public sealed class JsonSchema(JsonNode root)
{
    /// <summary>Whether the value is valid.</summary>
    public bool Allows(JsonNode? value) => Allows(root, value);

    private bool Allows(JsonNode schema, JsonNode? value) => schema.AsObject().All(keyword => Holds(schema, keyword.Key, keyword.Value!, value));

    private bool Holds(JsonNode schema, string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "$schema" or "$comment" or "$defs" or "title" or "description" or "examples" or "then" => true,
        "$ref" => Allows(root["$defs"]![((string)rule!)["#/$defs/".Length..]]!, value),
        "type" => (rule is JsonArray names ? names : [rule.DeepClone()]).Any(name => IsOf((string)name!, value)),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "required" => value is not JsonObject fields || rule.AsArray().All(name => fields.ContainsKey((string)name!)),
        "properties" => value is not JsonObject parent || rule.AsObject().All(each => !parent.ContainsKey(each.Key) || Allows(each.Value!, parent[each.Key])),
        "items" => value is not JsonArray list || list.All(item => Allows(rule, item)),
        "pattern" => Kind(value) != JsonValueKind.String || Regex.IsMatch((string)value!, ((string)rule!).Replace("$", "\\z", StringComparison.Ordinal)),
        "maxLength" => Kind(value) != JsonValueKind.String || ((string)value!).EnumerateRunes().Count() <= (int)rule,
        "minimum" => Kind(value) != JsonValueKind.Number || Number(value) >= Number(rule),
        "maximum" => Kind(value) != JsonValueKind.Number || Number(value) <= Number(rule),
        "multipleOf" => Kind(value) != JsonValueKind.Number || Number(value) % Number(rule) == 0,
        "not" => !Allows(rule, value),
        "allOf" => rule.AsArray().All(each => Allows(each!, value)),
        "anyOf" => rule.AsArray().Any(each => Allows(each!, value)),
        "oneOf" => rule.AsArray().Count(each => Allows(each!, value)) == 1,
        "if" => !Allows(rule, value) || Allows(schema["then"]!, value),
        _ => throw new NotSupportedException($"The evaluator does not know the keyword '{keyword}'."),
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Kind(value) == JsonValueKind.String,
        "number" => Kind(value) == JsonValueKind.Number,
        "integer" => Kind(value) == JsonValueKind.Number && Number(value) % 1 == 0,
        "boolean" => Kind(value) is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException($"The evaluator does not know the type '{type}'."),
    };

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static decimal Number(JsonNode? value) => JsonElement.Parse(value!.ToJsonString()).GetDecimal();
}
