using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>One trace from the webhook to the gateway, receipts linked to it, and nobody's data in any of it.</summary>
public sealed class TraceTests
{
    private const string Phone = "5511955550001";

    private OtlpCollector _collector = null!;
    private FiveProcessRecado _recado = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        _recado = await FiveProcessRecado.StartAsync(options: new FiveProcessesOptions { Settings = _collector.Settings });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _recado.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Test]
    public async Task One_trace_connects_the_webhook_five_services_and_the_gateway_and_the_receipts_link_to_it()
    {
        var answer = await _recado.PostAsync(Webhook.Partner(
            $$$"""{"event":"cart.abandoned","phone":"{{{Phone}}}","customer":"Segredo Sigiloso","store":"Loja","value":10.00,"url":"https://checkout.exemplo.com/t"}"""));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
        var spans = await _collector.WaitForSpansAsync(
            all => ReceiptsOf(all, TraceOf(all)).Count == 3 && ReceiptsOf(all, TraceOf(all)).All(receipt => Ancestors(receipt, all) is not null)
                && all.Any(span => IsGatewayServer(span) && span.TraceId == TraceOf(all) && Ancestors(span, all) is not null),
            RunningRecado.Soon, "the spans of the message and its receipts, up to their roots");

        var server = spans.Single(IsPartnerServer);
        var send = spans.Single(span => span.Name == "send message" && span.TraceId == server.TraceId);
        var gateway = spans.Single(span => IsGatewayServer(span) && span.TraceId == server.TraceId);
        Assert.That((server.Service, send.Service, gateway.Service), Is.EqualTo(("ingest", "whatsapp-dispatcher", "gateway-emulator")));
        Assert.That(new[] { send.TraceId, gateway.TraceId }, Is.All.EqualTo(server.TraceId));

        string[] path = ["gateway-emulator", "whatsapp-dispatcher", "template-renderer", "automation-matcher", "normalizer", "ingest"];
        Assert.That(Ancestors(gateway, spans)!.Select(span => span.Service).Aggregate(new List<string>(), OnceInARow), Is.EqualTo(path));
        Assert.That(Ancestors(gateway, spans)!.Last().SpanId, Is.EqualTo(server.SpanId));

        foreach (var receipt in ReceiptsOf(spans, server.TraceId))
        {
            Assert.That(receipt.TraceId, Is.Not.EqualTo(server.TraceId));
            Assert.That(receipt.Links.Select(link => (link.TraceId, link.SpanId)), Is.EqualTo(new[] { (send.TraceId, send.SpanId) }));
            Assert.That(Ancestors(receipt, spans)!.Last().Name, Is.EqualTo("POST /webhooks/ezapi/{token}"));
        }

        string? TraceOf(IReadOnlyList<OtlpSpan> all) => all.SingleOrDefault(IsPartnerServer)?.TraceId;
    }

    [Test]
    public async Task Nothing_personal_and_no_secret_leaves_the_processes_as_telemetry()
    {
        var answer = await _recado.PostAsync(Webhook.Event(
            """{"id":"canario-1","type":"customer.registered","customer":{"name":"Canarinho Amarelo","phone":"+5511955550002","email":"canario@example.com","document":"52998224725"}}"""));
        await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");
        await _collector.WaitForSpansAsync(all => all.Any(span => span.TraceId == TraceOf(all) && IsGatewayServer(span)), RunningRecado.Soon, "the trace has arrived");

        Assert.That(_collector.Posts.Select(post => post.Signal).Distinct(), Is.SupersetOf(new[] { "traces" }));
        string[] canaries = ["Canarinho", "5511955550002", "canario@example.com", "52998224725", "ezapi-demo-token", "emulator-token", "events-demo-key", "Que bom ter"];
        Assert.That(canaries.Where(_collector.Contains), Is.Empty);
        foreach (var service in FiveProcesses.Services)
            Assert.That(canaries.Where(_recado.Processes[service].Output.Contains), Is.Empty, service);

        string TraceOf(IReadOnlyList<OtlpSpan> all) => all.Last(span => span.Name == "POST /api/v1/events").TraceId;
    }

    private static bool IsPartnerServer(OtlpSpan span) => span.Name == "POST /api/v1/partners/{partner}/events";

    private static List<OtlpSpan> ReceiptsOf(IReadOnlyList<OtlpSpan> all, string? trace) =>
        [.. all.Where(span => span.Name == "message receipt" && span.Links.Any(link => link.TraceId == trace))];

    private static bool IsGatewayServer(OtlpSpan span) => span.Service == "gateway-emulator" && span.Name.Contains("send-text", StringComparison.Ordinal) && span.Kind == 2;

    /// <summary>The span, its parent, its parent's parent… Null where a parent is missing.</summary>
    private static List<OtlpSpan>? Ancestors(OtlpSpan span, IReadOnlyList<OtlpSpan> all)
    {
        var path = new List<OtlpSpan> { span };
        while (path[^1].ParentSpanId.Length > 0)
        {
            if (all.SingleOrDefault(each => each.SpanId == path[^1].ParentSpanId) is not { } parent)
                return null;
            path.Add(parent);
        }
        return path;
    }

    private static List<string> OnceInARow(List<string> names, string next)
    {
        if (names.LastOrDefault() != next)
            names.Add(next);
        return names;
    }
}
