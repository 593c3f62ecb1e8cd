using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Whatever an operator does with the levels, no token, no phone and no address with one comes into the log.</summary>
public sealed class QuietLogTests
{
    private static readonly string[] Secrets =
        ["ezapi-demo-token", "cart-demo-token", "emulator-token", "wiapy-demo-token", "partner-demo-key", "events-demo-key", "segredo-torto", "5511977770001", "Canarinho"];

    private static readonly string[] Turned = ["Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel", "*.Http", "System.Net.Http", "System.Net.Http.HttpClient", "Polly", "MassTransit", "Npgsql"];

    [Test]
    public async Task With_every_level_turned_up_no_token_and_no_phone_is_logged()
    {
        var port = Ports.Free();
        var settings = new Dictionary<string, string>
        {
            ["Database"] = $"Data Source={Path.Combine(RunFolder.New("quiet"), "recado.db")}",
            ["GatewayUrl"] = $"http://127.0.0.1:{port}/emulator",
            ["Emulator__Callbacks__INSTANCE_1"] = $"http://127.0.0.1:{port}/webhooks/ezapi/ezapi-demo-token",
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
            // A provider's own rules win over all others.
            ["Logging__Console__LogLevel__Default"] = "Trace",
            ["Logging__Console__LogLevel__Microsoft.AspNetCore.Routing"] = "Trace",
        };
        foreach (var category in Turned)
            settings[$"Logging__LogLevel__{category}"] = "Trace";
        await using var standalone = new ServiceProcess("Standalone", settings, port);
        await standalone.StartAsync();

        using var partner = await PostAsync(standalone, "/api/v1/partners/demo/events", "Bearer partner-demo-key",
            """{"event":"payment.failed","phone":"5511977770001","customer":"Canarinho Amarelo","store":"Loja","value":10.00}""");
        Assert.That((int)partner.StatusCode, Is.EqualTo(200));
        await new GatewayMessages(standalone.Http).WaitForAsync("5511977770001", 1, TimeSpan.FromSeconds(60));
        foreach (var path in (string[])["/webhooks/abandoned-cart/cart-demo-token", "/WEBHOOKS/EZAPI/ezapi-demo-token", "/webhook/ezapi/segredo-torto", "/webhooks//ezapi/segredo-torto", "/webhooks/ezapi/segredo-torto?phone=5511977770001"])
            using (await PostAsync(standalone, path, null, "{ no JSON"))
            {
            }
        using (await PostAsync(standalone, "/webhooks/wiapy", "wiapy-demo-token", "{}"))
        {
        }
        await standalone.StopAsync();

        // The welcome to the demo store, which is no log, tells its tokens.
        var lines = standalone.Output.Split('\n').Where(line => line.StartsWith("{\"Timestamp\"", StringComparison.Ordinal)).ToList();
        Assert.That(lines.Count(line => line.Contains("\"LogLevel\":\"Debug\"", StringComparison.Ordinal)), Is.GreaterThan(10), "the levels are turned up");
        Assert.That(lines.Where(line => Secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public async Task A_warning_within_a_request_tells_its_trace_and_not_its_address()
    {
        var port = Ports.Free();
        await using var ingest = new ServiceProcess("Ingest", new Dictionary<string, string>
        {
            ["Broker"] = "memory",
            ["MigrateOnStart"] = "true",
            ["Database"] = $"Data Source={Path.Combine(RunFolder.New("quiet"), "recado.db")}",
            ["Bootstrap"] = Path.Combine(ServiceProcess.RepositoryRoot, "deploy", "bootstrap", "demo.json"),
            ["GatewayUrl"] = "http://127.0.0.1:1",
            ["Ingest__CommitTimeout"] = "00:00:00.0000001",
        }, port);
        await ingest.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(ingest, "/webhooks/ezapi/ezapi-demo-token", null, """{"type":"PresenceChatCallback","instanceId":"INSTANCE_1"}""")));
        Assert.That(answers.Select(answer => (int)answer.StatusCode), Has.All.EqualTo(503));
        await Until.TrueAsync(() => ingest.Output.Contains("Not accepted", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the warning is written");

        var warnings = ingest.Output.Split('\n').Where(line => line.Contains("Not accepted", StringComparison.Ordinal)).ToList();
        Assert.That(warnings, Has.Count.LessThan(50), "an overload does not flood the log as well");
        var warning = warnings[0];
        Assert.That(warning, Does.Contain("TraceId").And.Contain("RequestId"), "what is harmless stays");
        Assert.That(warning, Does.Not.Contain("ezapi-demo-token").And.Not.Contain("/webhooks"));
    }

    private static async Task<HttpResponseMessage> PostAsync(ServiceProcess process, string path, string? authorization, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await process.Http.SendAsync(request);
    }
}
