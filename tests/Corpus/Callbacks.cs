using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Tests.Normalizer;

namespace Recado.Tests.Corpus;

/// <summary>Everything the gateway's document shows, as it is and with what it does not show. None of it causes a message.</summary>
internal static class Callbacks
{
    private static readonly string[] Types = ["UnknownCallback", "receivedcallback", "ReceivedCallback ", "", "ReceivedCallbackX", "DeliveryCallback\0", "MessageStatus", "null", "*"];
    private static readonly string[] Moments = ["0", "-1", "1", "1736200000", "1736200000000", "4102444800", "4102444800000", "9223372036854775807", "1e20", "1.5", "\"1736200000000\"", "\"agora\"", "null", "[]"];
    private static readonly string[] Ids =
        ["[]", "[null]", "[1]", "[\"\"]", "[\" \"]", "[[]]", "[{}]", "\"x\"", "null", "{}", "[\"a\",\"a\"]", "[\"a\",null,1]", "[true]", Many(1000), Many(1001), Many(10_000), $"[\"{new string('x', 201)}\"]", $"[\"{new string('x', 5000)}\"]", "[\"\\u0000\"]", "[\"\\u202e\"]"];
    private static readonly string[] Statuses = ["\"SENT\"", "\"sent\"", "\"RECEIVED\"", "\"READ\"", "\"READ_BY_ME\"", "\"PLAYED\"", "\"ERROR\"", "\"DELETED\"", "\"UNKNOWN\"", "\"\"", "null", "1", "[]", "{}"];
    private static readonly string[] Notifications = ["NEW_THING", "CALL_MISSED_VOICE", "group", "", "\u0000", "5511999999999", "Ana escreveu", "X".PadRight(5000, 'X'), "{{x}}"];
    private static readonly string[] Chats =
        ["status@broadcast", "120363025246125486-group", "120363025246125486@g.us", "120363025246125486@newsletter", "99999999999999@lid", "@lid", "0", "", "5511999999999@s.whatsapp.net", "x"];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        if (endpoint is not EzApiEndpoint)
            yield break;
        foreach (var name in Payload.NamesOf(Sources.EzApi))
        {
            yield return Seed(endpoint, name, "as it is", json => json);
            yield return Seed(endpoint, name, "from another instance", json => With(json, "instanceId", "\"OUTRA_1\""));
            yield return Seed(endpoint, name, "from no instance", json => JsonEdit.Without(json, "instanceId"));
            yield return Seed(endpoint, name, "of an unknown type", json => With(json, "type", "\"NewCallback\""));
            yield return Seed(endpoint, name, "without type", json => JsonEdit.Without(json, "type"));
            yield return Seed(endpoint, name, "from ourselves", json => With(json, "fromMe", "true"));
            yield return Seed(endpoint, name, "with a block that nobody knows", json => With(json, "novoBloco", "{\"texto\":\"x\"}"));
        }
        foreach (var (field, values) in new (string, IEnumerable<string>)[]
            { ("type", Types.Select(Quoted)), ("momment", Moments), ("status", Statuses), ("notification", Notifications.Select(Quoted)), ("phone", Chats.Select(Quoted)), ("chatLid", Chats.Select(Quoted)) })
            foreach (var value in values)
                foreach (var seed in (string[])["text-1", "delivery", "message-status-read", "presence-composing"])
                    yield return Seed(endpoint, seed, $"{field} is {Shown(value)}", json => With(json, field, value));
        foreach (var ids in Ids)
            yield return Seed(endpoint, "message-status-read", $"ids is {Shown(ids)}", json => With(json, "ids", ids));
    }

    private static Case Seed(Endpoint endpoint, string seed, string name, Func<string, string> change) =>
        new(nameof(Callbacks), $"{seed}, {name}", Kind.Bad, person => endpoint.Post(change(Of(seed, person))));

    /// <summary>The example, from our instance, about this person.</summary>
    private static string Of(string seed, Person person)
    {
        var callback = JsonNode.Parse(Payload.Body(Sources.EzApi, seed))!.AsObject();
        callback["instanceId"] = CorpusBundle.Instance;
        if (callback.ContainsKey("messageId"))
            callback["messageId"] = person.Id;
        if (callback.ContainsKey("phone") && callback["phone"]?.ToString().All(char.IsAsciiDigit) == true)
            callback["phone"] = person.Phone;
        if (callback["ids"] is JsonArray)
            callback["ids"] = new JsonArray(person.Id);
        return callback.ToJsonString();
    }

    private static string With(string json, string field, string raw)
    {
        var callback = JsonNode.Parse(json)!.AsObject();
        callback.Remove(field);
        return JsonEdit.Beside(callback.ToJsonString(), field, field, raw);
    }

    private static string Many(int count) => JsonSerializer.Serialize(Enumerable.Range(0, count).Select(i => $"3EB0{i}"));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Shown(string raw) => raw.Length <= 40 ? raw : $"{raw[..30]}… ({raw.Length})";
}
