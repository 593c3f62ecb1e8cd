using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

public sealed class TotalityTests
{
    private const int Documents = 10_000;
    private const string Sentinel = "\uE001";

    private static readonly string[] KnownReasons =
        [.. typeof(QuarantineReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Test]
    public void Ten_thousand_random_documents_each_get_an_answer([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        var random = new RandomJson(20_260_115);
        for (var i = 0; i < Documents / Sources.All.Count; i++)
            AssertAnswer(Payload.Webhook(source, random.Document()));
    }

    [Test]
    public void Ten_thousand_mutations_of_real_payloads_each_get_an_answer([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        var random = new RandomJson(20_260_116);
        string[] bodies = [.. Payload.NamesOf(source).Select(name => Payload.Body(source, name))];
        var understood = 0;
        for (var i = 0; i < Documents / Sources.All.Count; i++)
            understood += AssertAnswer(Payload.Webhook(source, Mutated(bodies[i % bodies.Length], random)));
        // Mutations of one or a few fields: many are still understood, many are not.
        Assert.That(understood, Is.InRange(200, 1800));
    }

    [Test]
    public void Every_field_of_every_payload_may_hold_anything([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        string[] values = ["null", "true", "\"\\ud800\"", "\"\\u0000\"", "1e400", "-1", "[]", "{}", "[{}]", "[null]", $"\"{RandomJson.BrokenByte}\""];
        foreach (var name in Payload.NamesOf(source))
        {
            var fields = Slots(JsonNode.Parse(Payload.Body(source, name))!).Count();
            for (var field = 0; field < fields; field++)
                foreach (var value in values)
                    AssertAnswer(Payload.Webhook(source, Replaced(Payload.Body(source, name), field, value)));
        }
    }

    [Test]
    public void Broken_bytes_get_an_answer([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        var random = new RandomJson(20_260_117);
        foreach (var name in Payload.NamesOf(source))
            for (var i = 0; i < 20; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(Payload.Body(source, name));
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                AssertAnswer(Payload.Webhook(source, i % 4 == 0 ? bytes[..random.Next(bytes.Length)] : bytes));
            }
    }

    /// <summary>1 where there were messages, else 0.</summary>
    private static int AssertAnswer(WebhookReceived webhook)
    {
        var result = Normalization.Normalize(webhook);
        var isAnswer = result.Messages.Count > 0
            ? result.Quarantine is null && result.Ignored is null && result.Messages.All(IsSound)
            : (result.Quarantine is null) != (result.Ignored is null);
        if (!isAnswer || (result.Quarantine is { } quarantine && !KnownReasons.Contains(quarantine.Reason)))
            Assert.Fail($"{webhook.Source}: {Encoding.UTF8.GetString(webhook.Body)} gave {Outcome.Of(result)}");
        return Math.Min(1, result.Messages.Count);
    }

    private static bool IsSound(IMessage message)
    {
        var wire = JsonSerializer.Serialize(message, message.GetType(), ContractsJson.Default);
        return message.Id != Guid.Empty && !wire.Contains("\\u0000", StringComparison.Ordinal) && !wire.Contains("\\uFFFD", StringComparison.OrdinalIgnoreCase)
            && (message is not CommerceEvent told || IsWellKeyed(told));
    }

    private static bool IsWellKeyed(CommerceEvent told) =>
        told.Keys.Count > 0
        && told.Keys.Distinct().Count() == told.Keys.Count
        && (told.Subject == told.Keys[0] || told.Subject == $"event:{told.EventId}")
        && told.Keys.All(key => key.Length <= 320)
        && told.OccurredAt.Offset == TimeSpan.Zero
        && told.Value is null or { Amount: >= 0 };

    private static byte[] Mutated(string body, RandomJson random)
    {
        var root = JsonNode.Parse(body)!;
        for (var i = random.Next(3); i > 0; i--)
            Pick(root, random)(JsonValue.Create("x"));
        Pick(root, random)(JsonValue.Create(Sentinel));
        return WithValue(root, random.Value());
    }

    private static Action<JsonNode> Pick(JsonNode root, RandomJson random)
    {
        var slots = Slots(root).ToList();
        return slots[random.Next(slots.Count)];
    }

    private static byte[] Replaced(string body, int slot, string value)
    {
        var root = JsonNode.Parse(body)!;
        Slots(root).ElementAt(slot)(JsonValue.Create(Sentinel));
        return WithValue(root, value);
    }

    private static byte[] WithValue(JsonNode root, string value) =>
        RandomJson.Bytes(root.ToJsonString().Replace("\"\\uE001\"", value, StringComparison.Ordinal));

    /// <summary>A setter for every place that holds a value, outermost first.</summary>
    private static IEnumerable<Action<JsonNode>> Slots(JsonNode node)
    {
        if (node is JsonObject fields)
            foreach (var (key, value) in fields.ToList())
            {
                yield return replacement => fields[key] = replacement;
                foreach (var inner in value is null ? [] : Slots(value))
                    yield return inner;
            }
        if (node is JsonArray array)
            for (var i = 0; i < array.Count; i++)
            {
                var at = i;
                yield return replacement => array[at] = replacement;
                foreach (var inner in array[i] is { } item ? Slots(item) : [])
                    yield return inner;
            }
    }
}
