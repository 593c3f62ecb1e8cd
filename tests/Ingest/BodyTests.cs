using System.Text;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>What is read of a body, within which limits.</summary>
[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class BodyTests(Engine engine) : IngestFixture(engine)
{
    private static readonly string[] Routes = ["/webhooks/wiapy", "/webhooks/abandoned-cart", "/webhooks/ezapi/alpha-ezapi", "/api/v1/partners/abacate/events", "/api/v1/events"];

    private static readonly string[] Malformed =
    [
        "", " ", "{", "}", "nul", "{'a':1}", "{\"a\":1,}", "[1,]", "{} {}", "{}x", "// comment\n{}", "{\"a\":NaN}", "{\"a\":01}", "\"\t\"",
        """{"a":"\ud800"}""", """{"a":"\udc00\ud800"}""", """{"\ud800":1}""", """{"a":["\uDFFF"]}""",
        """{"a":1,"a":2}""", """{"a":1,"\u0061":2}""", """{"b":[{"a":1,"a":1}]}""",
        new string('[', 17) + new string(']', 17), new string('[', 100_000),
    ];

    [Test, Combinatorial]
    public async Task Malformed_JSON_is_refused_everywhere([ValueSource(nameof(Routes))] string route, [ValueSource(nameof(Malformed))] string body) =>
        await AssertRefusedAsync(route, Encoding.UTF8.GetBytes(body), 400, "malformed_json");

    [TestCase(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xFF, 0x22, 0x7D })] // {"a":"<FF>"}
    [TestCase(new byte[] { 0x7B, 0x22, 0xC3, 0x22, 0x3A, 0x31, 0x7D })] // {"<C3>":1}
    [TestCase(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x7D })] // a surrogate in UTF-8
    [TestCase(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })] // UTF-16
    public async Task What_is_not_UTF_8_is_refused(byte[] body) => await AssertRefusedAsync("/webhooks/wiapy", body, 400, "malformed_json");

    [Test]
    public async Task Sixteen_levels_are_read() =>
        Assert.That((await Ingest.WiapyAsync(new string('[', 16) + new string(']', 16))).Status, Is.EqualTo(200));

    [TestCase("/webhooks/wiapy", 256 * 1024)]
    [TestCase("/webhooks/ezapi/alpha-ezapi", 512 * 1024)]
    public async Task A_body_may_be_as_large_as_its_limit_and_no_larger(string route, int limit)
    {
        Assert.That((await PostAsync(route, Padded(limit))).Status, Is.EqualTo(200));
        await AssertRefusedAsync(route, Padded(limit + 1), 413, "body_too_large");
    }

    [Test]
    public async Task A_body_that_does_not_say_how_long_it_is_stops_at_the_limit()
    {
        var answer = await Ingest.PostAsync("/webhooks/wiapy", new OfUnknownLength(Padded(256 * 1024 + 1)), ("Authorization", "alpha-wiapy"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((413, """{"error":"body_too_large"}""")));
    }

    [Test]
    public async Task A_body_that_does_not_say_how_long_it_is_is_good_within_the_limit()
    {
        var answer = await Ingest.PostAsync("/webhooks/wiapy", new OfUnknownLength(Padded(1024)), ("Authorization", "alpha-wiapy"));

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate, gzip")]
    public async Task Compressed_bodies_are_not_taken(string encoding)
    {
        foreach (var route in Routes)
        {
            var answer = await Ingest.PostAsync(route, "{}", [.. Authorization(route), ("Content-Encoding", encoding)]);
            Assert.That(answer.Status, Is.EqualTo(415), route);
            Assert.That(answer.Body, Does.Contain("compressed_body"), route);
        }
    }

    [TestCase("{ \"payment\" : {\"id\":\"bytes-1\" , \"status\":\"paid\"}}\r\n\t ")]
    [TestCase("{\"payment\":{\"status\":\"paid\",\"id\":\"bytes-2\",\"z\":1.50,\"a\":1e2},\"b\":\"\\u00e7\\/\\u0000\"}")]
    [TestCase("{\"payment\":{\"id\":\"bytes-3\",\"status\":\"paid\"},\"name\":\"João 🛒\"}")]
    [TestCase("\uFEFF{\"payment\":{\"id\":\"bytes-4\",\"status\":\"paid\"}}")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    public async Task The_store_holds_exactly_the_bytes_that_were_sent(string body)
    {
        var sent = Encoding.UTF8.GetBytes(body);

        var answer = await PostAsync("/webhooks/wiapy", sent);

        var stored = (await Ingest.StoredAsync(answer.WebhookId)).Single();
        Assert.That(stored.Body, Is.EqualTo(sent));
        Assert.That((stored.StoreId, stored.Source, stored.Channel, stored.ConflictsWith), Is.EqualTo(("alpha", "wiapy", (string?)null, (Guid?)null)));
    }

    private static byte[] Padded(int length) => Encoding.UTF8.GetBytes($$"""{"a":"x"{{new string(' ', length - 9)}}}""");

    private static (string, string)[] Authorization(string route) => route switch
    {
        "/webhooks/wiapy" => [("Authorization", "alpha-wiapy")],
        "/webhooks/abandoned-cart" => [("Authorization", "alpha-cart")],
        "/api/v1/partners/abacate/events" => [("Authorization", "Bearer alpha-abacate")],
        "/api/v1/events" => [("Authorization", "Bearer alpha-events")],
        _ => [],
    };

    private Task<Answer> PostAsync(string route, byte[] body) => Ingest.PostAsync(route, new ByteArrayContent(body), Authorization(route));

    private async Task AssertRefusedAsync(string route, byte[] body, int status, string code)
    {
        var answer = await PostAsync(route, body);

        Assert.That(answer.Status, Is.EqualTo(status));
        if (route == "/api/v1/events")
            Assert.That(answer.Body, Does.Contain($"\"code\":\"{code}\""));
        else
            Assert.That(answer.Body, Is.EqualTo($$"""{"error":"{{code}}"}"""));
    }

    private sealed class OfUnknownLength(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
