using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Recado.Contracts;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

[TestFixture(Engine.Postgres)]
[TestFixture(Engine.Sqlite)]
public sealed class CredentialTests(Engine engine) : IngestFixture(engine)
{
    private const string Partner = "/api/v1/partners/abacate/events";

    [TestCase("/webhooks/wiapy", null)]
    [TestCase("/webhooks/wiapy", "")]
    [TestCase("/webhooks/wiapy", "alpha-wiap")]
    [TestCase("/webhooks/wiapy", "alpha-wiapy-")]
    [TestCase("/webhooks/wiapy", "ALPHA-WIAPY")]
    [TestCase("/webhooks/wiapy", "alpha-cart")] // of another source
    [TestCase("/webhooks/wiapy", "Bearer")]
    [TestCase("/webhooks/wiapy", "Bearer ")]
    [TestCase("/webhooks/wiapy", "Basic alpha-wiapy")]
    [TestCase("/webhooks/abandoned-cart", null)]
    [TestCase("/webhooks/abandoned-cart", "alpha-wiapy")]
    [TestCase("/webhooks/abandoned-cart/wrong", null)]
    [TestCase("/webhooks/abandoned-cart/alpha-ezapi", null)]
    [TestCase("/webhooks/abandoned-cart/wrong", "alpha-cart")] // the path is the credential there
    [TestCase("/webhooks/ezapi/wrong", null)]
    [TestCase("/webhooks/ezapi/alpha-wiapy", null)]
    [TestCase(Partner, null)]
    [TestCase(Partner, "Bearer wrong")]
    [TestCase(Partner, "alpha-abacate")] // not as a bearer token
    [TestCase(Partner, "Bearer alpha-stripe")] // of another partner of the store
    [TestCase(Partner, "Bearer alpha-events")] // of another source
    [TestCase("/api/v1/partners/ABACATE/events", "Bearer alpha-abacate")]
    [TestCase("/api/v1/partners/stripe/events", "Bearer alpha-abacate")]
    public async Task A_token_that_is_not_good_here_is_answered_alike(string path, string? authorization)
    {
        var answer = await Ingest.PostAsync(path, "{", authorization is null ? [] : [("Authorization", authorization)]);

        Assert.That(answer, Is.EqualTo(new Answer(401, """{"error":"unauthorized"}""", null, false, null)));
    }

    [TestCase(null)]
    [TestCase("Bearer wrong")]
    [TestCase("alpha-events")]
    [TestCase("Bearer alpha-abacate")]
    public async Task The_events_API_answers_with_problem_details(string? authorization)
    {
        var answer = await Ingest.PostAsync("/api/v1/events", "{", authorization is null ? [] : [("Authorization", authorization)]);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Body, Does.Contain("\"code\":\"unauthorized\"").And.Contain("\"status\":401"));
    }

    [Test]
    public async Task A_token_of_a_megabyte_is_refused_before_it_is_looked_at() =>
        Assert.That((await Ingest.WiapyAsync("{}", new string('x', 20_000))).Status, Is.EqualTo(401));

    [Test]
    public async Task Two_authorization_headers_are_none() =>
        Assert.That(await StatusLineAsync("Authorization: alpha-wiapy\r\nAuthorization: alpha-wiapy"), Does.Contain(" 401 "));

    [Test]
    public async Task One_authorization_header_of_the_same_request_is_good() =>
        Assert.That(await StatusLineAsync("Authorization: alpha-wiapy"), Does.Contain(" 200 "));

    [TestCase("alpha-wiapy")]
    [TestCase("Bearer alpha-wiapy")]
    [TestCase("bearer alpha-wiapy")]
    public async Task The_token_stands_raw_or_as_a_bearer(string authorization) =>
        Assert.That((await Ingest.WiapyAsync("{}", authorization)).Status, Is.EqualTo(200));

    [Test]
    public async Task The_store_is_found_by_the_token()
    {
        var body = $$$"""{"payment":{"id":"{{{Unique()}}}","status":"paid"}}""";

        var alpha = await Ingest.WiapyAsync(body, "alpha-wiapy");
        var beta = await Ingest.WiapyAsync(body, "beta-wiapy");

        Assert.That(beta.WebhookId, Is.Not.EqualTo(alpha.WebhookId));
        Assert.That((await Ingest.StoredAsync(alpha.WebhookId)).Single().StoreId, Is.EqualTo("alpha"));
        Assert.That((await Ingest.StoredAsync(beta.WebhookId)).Single().StoreId, Is.EqualTo("beta"));
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("::1", true)]
    [TestCase("::ffff:127.0.0.1", true)]
    [TestCase("192.168.1.10", false)]
    [TestCase("::ffff:192.168.1.10", false)]
    [TestCase("2001:db8::1", false)]
    public void Demo_tokens_are_good_on_the_loopback_address_only(string local, bool good)
    {
        var http = new DefaultHttpContext();
        http.Connection.LocalIpAddress = IPAddress.Parse(local);

        Assert.That(Ingest.Credentials.Find(http, "alpha-demo", Sources.Wiapy) is not null, Is.EqualTo(good));
        Assert.That(Ingest.Credentials.Find(http, "alpha-wiapy", Sources.Wiapy), Is.Not.Null, "a real token is good everywhere");
    }

    /// <summary>HttpClient would make one header of two.</summary>
    private async Task<string> StatusLineAsync(string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Ingest.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /webhooks/wiapy HTTP/1.1\r\nHost: x\r\n{headers}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync() ?? "";
    }
}
