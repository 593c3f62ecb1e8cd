using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>With a ratio of nothing, what failed and what was slow is exported all the same, and nothing else.</summary>
public sealed class TraceChoiceTests
{
    private static readonly TimeSpan Soon = RunningRecado.Soon;
    private OtlpCollector _collector = null!;
    private ServiceProcess _standalone = null!;
    private GatewayMessages _gateway = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        var port = Ports.Free();
        _standalone = new ServiceProcess("Standalone", new Dictionary<string, string>(_collector.Settings)
        {
            ["Database"] = $"Data Source={Path.Combine(RunFolder.New("choice"), "recado.db")}",
            ["GatewayUrl"] = $"http://127.0.0.1:{port}/emulator",
            ["Emulator__Callbacks__INSTANCE_1"] = $"http://127.0.0.1:{port}/webhooks/ezapi/ezapi-demo-token",
            ["Tracing__Ratio"] = "0",
            ["Tracing__SlowFrom"] = "00:00:08",
        }, port);
        await _standalone.StartAsync();
        _gateway = new GatewayMessages(_standalone.Http);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _standalone.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Test]
    public async Task A_refused_send_is_exported_with_its_request_and_with_what_it_causes()
    {
        var good = await PostAsync("5511955580001");
        await _gateway.WaitForAsync("5511955580001", messages => messages.Any(message => message.Status == "READ"), Soon, "the first message is read");
        await _gateway.BehaveAsync(new { faults = new[] { new { fault = "bad-request", times = 1 } } });
        var bad = await PostAsync("5511955580002");

        string[] expected = ["POST /instances/{instance}/token/{token}/send-text", "process automation-matcher.message-status-changed", "send message", "send recado.message-status-changed"];
        await _collector.WaitForSpansAsync(spans => expected.All(name => spans.Any(span => span.TraceId == bad && span.Name == name)), Soon, "the send and what it causes");
        var send = _collector.Spans.Single(span => span.Name == "send message");
        Assert.That((send.StatusCode, send.Attributes["error.type"], send.Attributes["recado.reason"], send.Attributes["recado.outcome"]), Is.EqualTo((2, "gateway_rejected", "gateway_rejected", "rejected")));
        Assert.That(_collector.Spans.Where(span => span.TraceId == bad && span.ParentSpanId == send.SpanId).Select(span => span.Name), Is.EquivalentTo(new[] { expected[0], expected[3] }));
        Assert.That(_collector.Spans.Where(span => span.TraceId == good || span.Name.Contains("webhook", StringComparison.Ordinal) || span.Kind == 2), Is.Empty, "what went well");
    }

    [Test]
    public async Task A_webhook_that_is_not_understood_is_exported_from_there_on()
    {
        var trace = await PostAsync("/webhooks/wiapy", "wiapy-demo-token", """{"nobody":"knows"}""");

        await _collector.WaitForSpansAsync(spans => spans.Any(span => span.Name == "process automation-matcher.webhook-quarantined"), Soon, "the quarantine is noted");
        var spans = _collector.Spans.Where(span => span.TraceId == trace).ToList();
        var refused = spans.Single(span => span.Name == "process normalizer.webhook-received");
        Assert.That(refused.StatusCode, Is.EqualTo(2));
        Assert.That(refused.Attributes["recado.reason"], Is.EqualTo(refused.Attributes["error.type"]).And.Not.Empty);
        Assert.That(spans.Select(span => span.Name), Does.Contain("send recado.webhook-quarantined").And.None.EqualTo("POST /webhooks/wiapy"));
    }

    [Test]
    public async Task A_slow_send_is_exported_with_its_request()
    {
        await _gateway.BehaveAsync(new { faults = new[] { new { fault = "slow", times = 1, delayMs = 9000 } } });
        var slow = await PostAsync("5511955580003");

        await _collector.WaitForSpansAsync(spans => spans.Any(span => span.TraceId == slow && span.Name == "send message"), Soon, "the slow send");
        var send = _collector.Spans.Single(span => span.TraceId == slow && span.Name == "send message");
        Assert.That(send.StatusCode, Is.Not.EqualTo(2));
        Assert.That(send.End - send.Start, Is.GreaterThan(TimeSpan.FromSeconds(8)));
        await _collector.WaitForSpansAsync(spans => spans.Any(span => span.ParentSpanId == send.SpanId && span.Kind == 3), Soon, "its request");
        string[] before = ["POST /api/v1/partners/{partner}/events", "process normalizer.webhook-received", "process whatsapp-dispatcher.message-rendered"];
        Assert.That(_collector.Spans.Where(span => before.Contains(span.Name)), Is.Empty, "what was not slow");
    }

    private Task<string> PostAsync(string phone) => PostAsync("/api/v1/partners/demo/events", "Bearer partner-demo-key",
        $$"""{"event":"payment.failed","phone":"{{phone}}","customer":"Ana","store":"Loja","value":10.00}""");

    private async Task<string> PostAsync(string route, string authorization, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _standalone.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("X-Trace-Id").Single();
    }
}
