using System.Text;
using System.Text.Json.Nodes;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Many events in one request, each accepted or rejected on its own.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class EventBatchTests(Engine engine) : IngestFixture(engine)
{
    [Test]
    public async Task Each_event_has_its_result_in_order()
    {
        var (one, two) = (Unique(), Unique());

        var answer = await Ingest.BatchAsync(Batch(Event(one), Event(two, type: "cart.lost"), "5", Event(two), Event("")));

        var ids = await StoredOfAsync(one, two);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((200,
            $$$"""{"accepted":2,"rejected":3,"results":[{"index":0,"status":"accepted","id":"{{{ids[0]}}}"},{"index":1,"status":"rejected","code":"invalid_event","errors":{"type":["Must be one of {{{string.Join(", ", Recado.Contracts.EventTypes.All)}}}."]}},{"index":2,"status":"rejected","code":"invalid_event","errors":{"":["The event must be a JSON object."]}},{"index":3,"status":"accepted","id":"{{{ids[1]}}}"},{"index":4,"status":"rejected","code":"invalid_event","errors":{"id":["A stable id of your own is required: text of at most 200 characters. A resend carries the same id."]}}]}""")));
    }

    [Test]
    public async Task What_is_stored_of_an_event_is_exactly_its_own_bytes()
    {
        var id = Unique();
        var spaced = $$"""{ "id" : "{{id}}" ,"type":"customer.registered", "z":1.50,"a":[1e2, "\u00e7\/"],"customer":{"name":"João 🛒","phone":"+5511987654321"} }""";

        var answer = await Ingest.BatchAsync($" \uFEFF{{\"x\":null, \"events\": [  {spaced}\r\n ] }}"[1..]);

        var stored = (await Ingest.StoredAsync(IdsOf(answer)[0])).Single();
        Assert.That(Encoding.UTF8.GetString(stored.Body), Is.EqualTo(spaced));
        Assert.That((stored.StoreId, stored.Source, stored.ConflictsWith), Is.EqualTo(("alpha", "events", (Guid?)null)));
    }

    [Test]
    public async Task Five_hundred_are_taken_each_once_and_again_as_repeats()
    {
        string[] ids = [.. Enumerable.Range(0, 500).Select(_ => Unique())];
        var batch = Batch([.. ids.Select(id => Event(id))]);

        var first = await Ingest.BatchAsync(batch);
        var second = await Ingest.BatchAsync(batch);

        Assert.That(IdsOf(first), Has.Length.EqualTo(500).And.Unique);
        Assert.That(IdsOf(second), Is.EqualTo(IdsOf(first)));
        Assert.That(ResultsOf(first).Count(result => result["replay"] is not null), Is.Zero);
        Assert.That(ResultsOf(second).Select(result => (bool?)result["replay"]), Has.All.True);
        Assert.That(await StoredOfAsync(ids), Is.EqualTo(IdsOf(first)));
        Assert.That(await Ingest.Database.QueryAsync("select count(*) from outbox where message_id = any(@ids)", row => row.GetInt64(0), default, ("ids", IdsOf(first).Select(Guid.Parse).ToArray())), Is.EqualTo(new[] { 500L }));
    }

    [Test]
    public async Task A_repeat_within_a_batch_is_one_and_another_content_is_a_conflict_in_the_order_of_the_batch()
    {
        var id = Unique();

        var answer = await Ingest.BatchAsync(Batch(Event(id), Event(Unique()), Event(id), Event(id, name: "Bia"), Event(id)));

        Assert.That(ResultsOf(answer).Select(result => (string?)result["status"] + (string?)result["code"] + (bool?)result["replay"]),
            Is.EqualTo(new[] { "accepted", "accepted", "acceptedTrue", "rejectedid_conflict", "acceptedTrue" }));
        Assert.That(ResultsOf(answer).Where((_, i) => i is 0 or 2 or 4).Select(result => (string?)result["id"]).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_batch_and_a_single_event_share_their_ids()
    {
        var (first, second) = (Unique(), Unique());

        var single = await Ingest.EventsAsync(Event(first));
        var batch = await Ingest.BatchAsync(Batch(Event(first), Event(second)));
        var again = await Ingest.EventsAsync(Event(second, name: "Bia"));
        var elsewhere = await Ingest.BatchAsync(Batch(Event(first, name: "Bia")), "beta-events");

        Assert.That((IdsOf(batch)[0], (bool?)ResultsOf(batch)[0]["replay"]), Is.EqualTo((single.Id, (bool?)true)));
        Assert.That(again.Status, Is.EqualTo(409));
        Assert.That((string?)ResultsOf(elsewhere)[0]["status"], Is.EqualTo("accepted"), "stores are strangers");
    }

    [TestCase("[]", "")]
    [TestCase("{}", "events")]
    [TestCase("""{"events":null}""", "events")]
    [TestCase("""{"events":{}}""", "events")]
    [TestCase("""{"events":[]}""", "events")]
    public async Task A_wrong_envelope_is_named(string body, string field) => AssertInvalid(await Ingest.BatchAsync(body), field);

    [Test]
    public async Task Five_hundred_and_one_are_too_many() =>
        AssertInvalid(await Ingest.BatchAsync(Batch([.. Enumerable.Repeat("{}", 501)])), "events");

    [TestCase("")]
    [TestCase("""{"events":[{"a":1,"a":2}]}""")]
    [TestCase("""{"events":[{"a":"\ud800"}]}""")]
    public async Task A_batch_that_cannot_be_read_is_refused_as_a_whole(string body)
    {
        var answer = await Ingest.BatchAsync(body);

        Assert.That((answer.Status, (string?)JsonNode.Parse(answer.Body)!["code"]), Is.EqualTo((400, "malformed_json")));
    }

    [Test]
    public async Task An_event_may_be_as_deep_in_a_batch_as_it_may_be_alone()
    {
        string Deep(int levels) => Event(Unique()).TrimEnd('}') + "},\"x\":" + new string('[', levels) + new string(']', levels) + "}";

        Assert.That((await Ingest.EventsAsync(Deep(15))).Status, Is.EqualTo(200));
        Assert.That((await Ingest.BatchAsync(Batch(Deep(15)))).Body, Does.Contain("\"accepted\":1"));
        Assert.That((await Ingest.EventsAsync(Deep(16))).Status, Is.EqualTo(400));
        Assert.That((await Ingest.BatchAsync(Batch(Deep(16)))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_batch_may_hold_four_mebibytes_and_each_event_as_much_as_alone()
    {
        string Large(int size) => Event(Unique()).Insert(1, new string(' ', size));

        var within = await Ingest.BatchAsync(Batch([.. Enumerable.Range(0, 16).Select(i => Large(i == 7 ? 262_144 : 200_000))]));
        // A sender that does not ask first may find the connection closed while it still sends.
        var beyond = await Ingest.PostAsync("/api/v1/events/batch", Batch([.. Enumerable.Range(0, 22).Select(_ => Large(200_000))]), ("Authorization", "Bearer alpha-events"), ("Expect", "100-continue"));

        Assert.That(ResultsOf(within).Select(result => (string?)result["code"]).Index().Where(each => each.Item is not null), Is.EqualTo(new[] { (7, "body_too_large") }));
        Assert.That((beyond.Status, (string?)JsonNode.Parse(beyond.Body)!["code"]), Is.EqualTo((413, "body_too_large")));
    }

    [TestCase(null)]
    [TestCase("Bearer wrong")]
    [TestCase("Bearer alpha-abacate")]
    public async Task Only_the_stores_Events_API_key_opens_it(string? authorization)
    {
        var answer = await Ingest.PostAsync("/api/v1/events/batch", "{", authorization is null ? [] : [("Authorization", authorization)]);

        Assert.That((answer.Status, (string?)JsonNode.Parse(answer.Body)!["code"]), Is.EqualTo((401, "unauthorized")));
    }

    private static void AssertInvalid(Answer answer, string field)
    {
        var problem = JsonNode.Parse(answer.Body)!;
        Assert.That((answer.Status, (string?)problem["code"]), Is.EqualTo((400, "invalid_batch")));
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { field }));
    }

    /// <summary>The ids of the stored events, in the order of the senders' ids.</summary>
    private async Task<string[]> StoredOfAsync(params string[] ids)
    {
        var stored = (await Ingest.StoredAsync()).Where(each => each.Source == "events" && each.StoreId == "alpha")
            .ToDictionary(each => (string)JsonNode.Parse(each.Body)!["id"]!, each => each.Id.ToString());
        return [.. ids.Select(id => stored[id])];
    }

    private static List<JsonNode> ResultsOf(Answer answer) => [.. JsonNode.Parse(answer.Body)!["results"]!.AsArray().Select(result => result!)];

    private static string[] IdsOf(Answer answer) => [.. ResultsOf(answer).Select(result => (string)result["id"]!)];

    internal static string Batch(params string[] events) => $$"""{"events":[{{string.Join(',', events)}}]}""";

    internal static string Event(string id, string name = "Ana", string type = "customer.registered") =>
        $$$"""{"id":"{{{id}}}","type":"{{{type}}}","customer":{"name":"{{{name}}}","phone":"+5511987654321"}}""";
}
