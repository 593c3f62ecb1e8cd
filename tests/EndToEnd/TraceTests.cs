using System.Text.Json;
using RabbitMQ.Client;
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
    public async Task The_answer_the_timeline_and_a_problem_tell_the_trace()
    {
        var answer = await _recado.PostAsync(Webhook.Event("""{"id":"trace-1","type":"order.created","order":{"number":"T1"},"customer":{"name":"Ana","phone":"+5511955550003"}}"""));
        var lines = await _recado.WaitForTimelineAsync(answer.Id, lines => lines.Any(line => line.What == "read"), "the message is read");

        await _collector.WaitForSpansAsync(all => all.Any(span => span.TraceId == answer.Trace && span.Name == "POST /api/v1/events"), RunningRecado.Soon, "the request's span");
        Assert.That(lines.Where(line => line.What is "received" or "started" or "requested" or "rendered" or "sent" or "completed").Select(line => line.TraceId), Has.Exactly(6).Items.And.All.EqualTo(answer.Trace));
        var read = lines.Single(line => line.What == "read").TraceId;
        await _collector.WaitForSpansAsync(all => all.Any(span => span.TraceId == read && span.Name == "POST /webhooks/ezapi/{token}"), RunningRecado.Soon, "the receipt's own trace");
        using var unknown = await _recado.Timelines.GetAsync($"/api/v1/events/{Guid.NewGuid()}");
        using var problem = JsonDocument.Parse(await unknown.Content.ReadAsStringAsync());
        Assert.That(problem.RootElement.GetProperty("traceId").GetString(), Is.EqualTo(unknown.Headers.GetValues("X-Trace-Id").Single()));
    }

    [Test]
    public async Task Spans_are_named_and_described_by_the_conventions()
    {
        var answer = await _recado.PostAsync(Webhook.Event("""{"id":"trace-2","type":"order.created","order":{"number":"T2"},"customer":{"name":"Ana","phone":"+5511955550004"}}"""));
        string[] names = ["POST /api/v1/events", "send recado.commerce-event", "process automation-matcher.commerce-event", "process template-renderer.message-requested", "send message", "POST /instances/{instance}/token/{token}/send-text"];
        // Each service exports when it likes: what the last of them did may be here before what the first did.
        var all = await _collector.WaitForSpansAsync(
            all => names.All(name => all.Any(span => span.TraceId == answer.Trace && span.Name == name)) && InsertOf(Batch(all), all) is not null
                && all.Any(span => span.TraceId == answer.Trace && span.Name == "process automation-matcher.message-status-changed" && span.Attributes.GetValueOrDefault("recado.status") == "sent"),
            RunningRecado.Soon, "the trace");
        OtlpSpan Named(string name) => all.First(span => span.TraceId == answer.Trace && span.Name == name);

        var server = Named("POST /api/v1/events");
        AssertTags(server, 2, ("http.request.method", "POST"), ("http.route", "/api/v1/events"), ("http.response.status_code", "200"), ("url.scheme", "http"), ("recado.store", "demo"));
        var send = Named("send recado.commerce-event");
        AssertTags(send, 4, ("messaging.system", "rabbitmq"), ("messaging.operation.type", "send"), ("messaging.operation.name", "send"), ("messaging.destination.name", "recado.commerce-event"), ("server.address", "127.0.0.1"));
        var process = Named("process automation-matcher.commerce-event");
        AssertTags(process, 5, ("messaging.system", "rabbitmq"), ("messaging.operation.type", "process"), ("messaging.operation.name", "process"), ("messaging.destination.name", "recado.commerce-event:automation-matcher.commerce-event"),
            ("messaging.message.id", send.Attributes["messaging.message.id"]), ("recado.store", "demo"), ("recado.event.type", "order.created"), ("recado.automation", "order-created"));
        var sending = Named("send message");
        AssertTags(sending, 1, ("recado.store", "demo"), ("recado.outcome", "sent"), ("recado.message.id", Named("process template-renderer.message-requested").Attributes["recado.message.id"]));
        var client = Named("POST /instances/{instance}/token/{token}/send-text");
        AssertTags(client, 3, ("http.request.method", "POST"), ("http.response.status_code", "200"), ("url.template", "/instances/{instance}/token/{token}/send-text"), ("server.address", "127.0.0.1"));
        Assert.That(client.Attributes["url.full"], Does.EndWith("/instances/{instance}/token/{token}/send-text"));
        var batch = Batch(all)!;
        AssertTags(batch, 5, ("messaging.operation.type", "process"), ("messaging.batch.message_count", Math.Max(1, batch.Links.Count).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        AssertTags(InsertOf(batch, all)!, 3, ("db.query.summary", "insert inbox"), ("db.system.name", "postgresql"));

        OtlpSpan? Batch(IReadOnlyList<OtlpSpan> all) => all.FirstOrDefault(span => span.Name == "process_batch automation-matcher.commerce-event");
        OtlpSpan? InsertOf(OtlpSpan? batch, IReadOnlyList<OtlpSpan> all) => all.FirstOrDefault(span => span.ParentSpanId == batch?.SpanId && span.Name == "insert inbox");
    }

    [Test]
    public async Task A_dead_letter_tells_in_log_and_span_whose_trace_it_ends()
    {
        var trace = Guid.NewGuid().ToString("N");
        await using (var connection = await new ConnectionFactory { Uri = new(_recado.Processes.Broker) }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
            await channel.BasicPublishAsync("recado.webhook-received", "", mandatory: true, new BasicProperties { Headers = new Dictionary<string, object?> { ["MT-Activity-Id"] = $"00-{trace}-b7ad6b7169203331-01" } }, "no message"u8.ToArray());

        var normalizer = _recado.Processes["Normalizer"];
        await Until.TrueAsync(() => normalizer.Output.Contains("is a dead letter", StringComparison.Ordinal), RunningRecado.Soon, "the line is written");
        Assert.That(normalizer.Output.Split('\n').Single(line => line.Contains("is a dead letter", StringComparison.Ordinal)), Does.Contain($"\"TraceId\":\"{trace}\""));
        var all = await _collector.WaitForSpansAsync(all => all.Any(span => span.TraceId == trace && span.Name.StartsWith("dead_letter", StringComparison.Ordinal)), RunningRecado.Soon, "the span");
        AssertTags(all.Single(span => span.TraceId == trace && span.Name == "dead_letter normalizer.webhook-received"), 3, ("messaging.operation.type", "settle"), ("error.type", "unreadable"));
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

    private static void AssertTags(OtlpSpan span, int kind, params (string Name, string Value)[] tags)
    {
        Assert.That(span.Kind, Is.EqualTo(kind), span.Name);
        Assert.That(tags.Where(tag => span.Attributes.GetValueOrDefault(tag.Name) != tag.Value).Select(tag => $"{tag.Name}: {span.Attributes.GetValueOrDefault(tag.Name)}"), Is.Empty, span.Name);
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
