namespace Recado.Tests.Corpus;

/// <summary>Well-formed JSON that is no event: any value, somebody else's webhook, the right one in the wrong wrapping.</summary>
internal static class Documents
{
    private static readonly string[] Any =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e5", "1E+2", "123456789012345678901234567890", "1e400", "\"\"", "\"a\"", "\"\\u0000\"", "\"{}\"", "[]", "[[]]", "[null]", "[1]", "[1,2,3]",
        "[\"a\"]", "[{}]", "[[[[[]]]]]", "{}", " {} ", "\r\n{}\r\n", "{\"\":null}", "{\"\":{}}", "{\"a\":1}", "{\"a\":null}", "{\"a\":{\"b\":{\"c\":[]}}}", "{\"data\":{}}", "{\"data\":null}", "{\"data\":[]}", "{\"body\":{}}",
        "{\"body\":{\"data\":{}}}", "{\"body\":\"{}\"}", "{\"data\":{\"payment\":null}}", "{\"payment\":[]}", "{\"event\":null}", "{\"type\":null}", "{\"type\":1}", "{\"status\":\"paid\"}", "{\"error\":\"x\"}", "{\"ok\":true}",
        "{\"__proto__\":{\"event\":\"pix.created\"}}", "{\"constructor\":{\"prototype\":{}}}", "{\"$ref\":\"#\"}", "{\"$type\":\"System.Object, mscorlib\"}", "{\"@type\":\"x\"}", "{\"toString\":1}", "{\"length\":-1}",
        "{\"challenge\":\"x\",\"type\":\"url_verification\"}", "{\"zen\":\"x\",\"hook_id\":1}", "{\"object\":\"event\",\"type\":\"charge.succeeded\",\"data\":{\"object\":{}}}", "{\"query\":\"{ __schema { types { name } } }\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":1}", "{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "{\"events\":[]}", "{\"\\u0000\":1}", "{\"\\u202e\":1}", "{\"😀\":\"😀\"}",
    ];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        foreach (var document in Any)
            yield return Bad(endpoint, document, (_, _) => document);
        yield return Bad(endpoint, "in a list", (json, _) => $"[{json}]");
        yield return Bad(endpoint, "in a list of two", (json, _) => $"[{json},{json}]");
        yield return Bad(endpoint, "in a string", (json, _) => System.Text.Json.JsonSerializer.Serialize(json));
        yield return Bad(endpoint, "under another name", (json, _) => $"{{\"payload\":{json}}}");
        yield return Bad(endpoint, "too deep in its own wrapping", (json, _) => $"{{\"data\":{{\"data\":{{\"data\":{json}}}}}}}");
        yield return Bad(endpoint, "in capitals", (json, _) => CapitalNames(json));
        // What another source sends, by mistake of who set the addresses.
        foreach (var other in Corpus.Endpoints.Where(other => other.Token != endpoint.Token).DistinctBy(other => other.Token))
            yield return Bad(endpoint, $"what belongs to {other.Name}", (_, person) => other.Valid(person));
    }

    private static Case Bad(Endpoint endpoint, string name, Func<string, Person, string> make) =>
        new(nameof(Documents), name, Kind.Bad, person => endpoint.Post(make(endpoint.Valid(person), person)));

    private static string CapitalNames(string json) =>
        System.Text.RegularExpressions.Regex.Replace(json, "\"([A-Za-z_]+)\":", match => $"\"{match.Groups[1].Value.ToUpperInvariant()}\":");
}
