using System.Text;
using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;

namespace Recado.Tests.Normalizer;

/// <summary>Payloads with branches of other payloads grafted on: whatever grows, there is an answer, and the same one each time.</summary>
public sealed class GraftTests
{
    private const int Cases = 10_000;

    private static readonly string[] KnownReasons = [.. typeof(QuarantineReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Test]
    public void Whatever_grows_from_real_payloads_gets_one_answer([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        var random = new Random(20_260_704);
        string[] own = Bodies(source);
        string[] others = [.. Sources.All.SelectMany(Bodies)];
        var understood = 0;
        for (var i = 0; i < Cases / Sources.All.Count; i++)
        {
            var root = JsonNode.Parse(own[i % own.Length])!;
            for (var cuts = random.Next(1, 4); cuts > 0; cuts--)
                Graft(root, JsonNode.Parse(others[random.Next(others.Length)])!, random);
            understood += Answered(Payload.Webhook(source, root.ToJsonString()));
        }
        Assert.That(understood, Is.GreaterThan(Cases / Sources.All.Count / 20), "the property must not hold for want of messages");
    }

    [Test]
    public void Bytes_cut_and_pasted_get_one_answer([ValueSource(typeof(Sources), nameof(Sources.All))] string source)
    {
        var random = new Random(20_260_705);
        byte[][] bodies = [.. Bodies(source).Select(Encoding.UTF8.GetBytes)];
        for (var i = 0; i < Cases / Sources.All.Count; i++)
        {
            var (one, other) = (bodies[i % bodies.Length], bodies[random.Next(bodies.Length)]);
            Answered(Payload.Webhook(source, [.. one[..random.Next(one.Length)], .. other[random.Next(other.Length)..]]));
        }
    }

    private static string[] Bodies(string source) => [.. Payload.NamesOf(source).Select(name => Payload.Body(source, name))];

    /// <summary>Takes away, wraps, or replaces a branch of one by a branch of the other.</summary>
    private static void Graft(JsonNode root, JsonNode other, Random random)
    {
        var objects = Objects(root).Where(fields => fields.Count > 0).ToList();
        if (objects.Count == 0)
            return;
        var parent = objects[random.Next(objects.Count)];
        var name = parent.ElementAt(random.Next(parent.Count)).Key;
        var branches = Objects(other).SelectMany(fields => fields).Where(field => field.Value is not null).ToList();
        var branch = branches[random.Next(branches.Count)];
        switch (random.Next(5))
        {
            case 0:
                parent.Remove(name);
                break;
            case 1:
                parent[name] = new JsonArray(parent[name]?.DeepClone(), null, branch.Value!.DeepClone());
                break;
            case 2:
                parent[name] = new JsonObject { [name] = parent[name]?.DeepClone() };
                break;
            case 3:
                parent[branch.Key] = branch.Value!.DeepClone();
                break;
            default:
                parent[name] = branch.Value!.DeepClone();
                break;
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Objects(field.Value)).Prepend(fields),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    /// <summary>1 where there were messages, else 0.</summary>
    private static int Answered(WebhookReceived webhook)
    {
        var result = Normalization.Normalize(webhook);
        int[] answers = [Math.Min(1, result.Messages.Count), result.Quarantine is null ? 0 : 1, result.Ignored is null ? 0 : 1];
        if (answers.Sum() != 1 || (result.Quarantine is { } quarantine && !KnownReasons.Contains(quarantine.Reason)) || Outcome.Of(result) != Outcome.Of(Normalization.Normalize(webhook)))
            Assert.Fail($"{webhook.Source}: {Encoding.UTF8.GetString(webhook.Body)} gave {Outcome.Of(result)}");
        return answers[0];
    }
}
