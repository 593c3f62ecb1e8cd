using System.Net;
using System.Text.Json.Nodes;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>Whatever goes wrong under /api/v1/events is a problem with a code, also where the framework answers.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class ProblemTests(Engine engine) : IngestFixture(engine)
{
    private const string Key = "Bearer alpha-events";

    [TestCase("POST", "/api/v1/events", null, "{}", 401, "unauthorized")]
    [TestCase("POST", "/api/v1/events", Key, "{}", 400, "invalid_event")]
    [TestCase("POST", "/api/v1/events", Key, "{", 400, "malformed_json")]
    [TestCase("POST", "/api/v1/events/batch", null, "{}", 401, "unauthorized")]
    [TestCase("POST", "/api/v1/events/batch", Key, "{}", 400, "invalid_batch")]
    [TestCase("POST", "/api/v1/events/batch", Key, "{", 400, "malformed_json")]
    [TestCase("PUT", "/api/v1/events", Key, "{}", 405, "method_not_allowed")]
    [TestCase("GET", "/api/v1/events/batch", Key, null, 405, "method_not_allowed")]
    [TestCase("GET", "/api/v1/partners/abacate/events", Key, null, 405, "method_not_allowed")]
    [TestCase("POST", "/api/v1/event", Key, "{}", 404, "not_found")]
    [TestCase("GET", "/api/v1/events/some-id", Key, null, 404, "not_found")]
    public async Task It_is_told_as_problem_details(string method, string path, string? authorization, string? body, int status, string code)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await Ingest.SendAsync(request);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(((int)answer.StatusCode, (int?)problem["status"], (string?)problem["code"]), Is.EqualTo((status, status, code)));
        Assert.That((string?)problem["title"], Is.Not.Empty);
    }

    [TestCase("Content-Encoding", "gzip", 415, "compressed_body")]
    [TestCase("X-Size", "300000", 413, "body_too_large")]
    public async Task So_are_bodies_that_are_not_taken(string header, string value, int status, string code)
    {
        var body = header == "X-Size" ? new string(' ', int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)) : "{}";
        var answer = await Ingest.PostAsync("/api/v1/events", body, ("Authorization", Key), (header, value));

        Assert.That((answer.Status, (string?)JsonNode.Parse(answer.Body)!["code"]), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task A_conflict_is_one_too()
    {
        var id = Unique();
        await Ingest.EventsAsync(EventBatchTests.Event(id));
        var answer = await Ingest.EventsAsync(EventBatchTests.Event(id, name: "Bia"));

        Assert.That((answer.Status, (string?)JsonNode.Parse(answer.Body)!["code"]), Is.EqualTo((409, "id_conflict")));
    }

    [Test]
    public async Task Elsewhere_an_empty_answer_stays_empty()
    {
        using var answer = await Ingest.SendAsync(new(HttpMethod.Get, "/webhooks/wiapy"));

        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.MethodNotAllowed, "")));
    }
}
