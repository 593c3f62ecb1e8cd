using System.Text;
using System.Text.Json.Nodes;
using Recado.Ingest.Accepting;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>What a body may hold, to the last one, and that more is refused with its code.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class JsonLimitsTests(Engine engine) : IngestFixture(engine)
{
    private static IEnumerable<TestCaseData> Bodies()
    {
        yield return Make("1,000 names", Object(1000), true);
        yield return Make("1,001 names", Object(1001), false);
        yield return Make("1,001 names further down", $$"""{"a":[{"b":{{Object(1001)}}}]}""", false);
        yield return Make("1,000 names in each of five objects", $"[{string.Join(',', Enumerable.Repeat(Object(1000), 5))}]", true);
        yield return Make("1,000 items", List(1000, "1"), true);
        yield return Make("1,001 items", List(1001, "1"), false);
        yield return Make("1,000 objects", List(1000, """{"a":{"b":[1,{}]}}"""), true);
        yield return Make("1,001 objects", List(1001, """{"a":1}"""), false);
        yield return Make("1,001 empty lists", List(1001, "[]"), false);
        yield return Make("1,001 texts", List(1001, "\"\""), false);
        yield return Make("1,001 items after a list that ended", $$"""{"a":[1,2],"b":{{List(1001, "1")}}}""", false);
        yield return Make("1,000 names whose values are lists of 1,000 were too large a body, of 20 are not", $$"""{{{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"n{i}\":{List(20, "1")}"))}}}""", true);
        yield return Make("a text of 16 KiB", $"\"{new string('x', 16_384)}\"", true);
        yield return Make("a text of 16 KiB and one", $"\"{new string('x', 16_385)}\"", false);
        yield return Make("a name of 16 KiB and one", $$"""{"{{new string('x', 16_385)}}":1}""", false);
        yield return Make("a mark in front of 1,001 items", "\uFEFF" + List(1001, "1"), false);
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_webhook_may_hold_so_much_and_no_more(string body, bool good)
    {
        var answer = await Ingest.WiapyAsync(body);

        Assert.That((answer.Status, answer.Body), Is.EqualTo(good ? (200, """{"status":"success"}""") : (400, """{"error":"too_complex"}""")));
    }

    [Test]
    public async Task The_Events_API_says_it_as_a_problem() =>
        Assert.That((await Ingest.EventsAsync(Object(1001))).Body, Does.Contain("\"code\":\"too_complex\"").And.Contain("\"status\":400"));

    [Test]
    public async Task In_a_batch_each_event_is_judged_alone()
    {
        var answer = await Ingest.BatchAsync($$"""{"events":[{{Object(1000)}},{{Object(1001)}},{"x":{{List(1001, "1")}}},{"x":"{{new string('x', 16_385)}}"}]}""");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(JsonNode.Parse(answer.Body)!["results"]!.AsArray().Select(result => (string?)result!["code"]), Is.EqualTo(new[] { "invalid_event", "too_complex", "too_complex", "too_complex" }));
    }

    [Test]
    public async Task A_batch_with_an_absurd_object_is_refused_as_a_whole_before_its_names_are_compared() =>
        Assert.That((await Ingest.BatchAsync($$"""{"events":[{{Object(20_001)}}]}""")).Body, Does.Contain("\"code\":\"too_complex\"").And.Contain("\"status\":400"));

    [Test]
    public async Task People_may_write_as_much_to_the_gateway_as_a_callback_holds() =>
        Assert.That((await Ingest.EzApiAsync($$$"""{"type":"ReceivedCallback","instanceId":"INSTANCE_1","messageId":"long","text":{"message":"{{{new string('x', 200_000)}}}"}}""")).Status, Is.EqualTo(200));

    [Test]
    public void What_is_too_much_is_not_read_to_its_end() =>
        Assert.That(JsonLimits.OfWebhooks.Allow(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1", 1001))}, this is no JSON")), Is.False);

    private static TestCaseData Make(string name, string body, bool good) => new TestCaseData(body, good).SetName($"{name}: {(good ? "taken" : "refused")}");

    private static string Object(int names) => $"{{{string.Join(',', Enumerable.Range(0, names).Select(i => $"\"n{i}\":1"))}}}";

    private static string List(int items, string item) => $"[{string.Join(',', Enumerable.Repeat(item, items))}]";
}
