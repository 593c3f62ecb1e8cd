using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>Two replicas of each of the five services, and one collector.</summary>
public sealed class ReplicaTraceTests
{
    private const int Count = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>From the request to the gateway back to the webhook: service and span.</summary>
    private static readonly string[] Hops =
    [
        "whatsapp-dispatcher: POST /instances/{instance}/token/{token}/send-text",
        "whatsapp-dispatcher: send message",
        "whatsapp-dispatcher: process whatsapp-dispatcher.message-rendered",
        "template-renderer: send recado.message-rendered",
        "template-renderer: process template-renderer.message-requested",
        "automation-matcher: send recado.message-requested",
        "automation-matcher: process automation-matcher.commerce-event",
        "normalizer: send recado.commerce-event",
        "normalizer: process normalizer.webhook-received",
        "ingest: send recado.webhook-received",
        "ingest: POST /api/v1/partners/{partner}/events",
    ];

    [Test]
    public async Task Each_of_a_hundred_webhooks_has_one_whole_trace_to_the_gateway()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var all = await FiveProcesses.StartAsync(new FiveProcessesOptions
        {
            Settings = new Dictionary<string, string>(collector.Settings) { ["OTEL_BSP_MAX_QUEUE_SIZE"] = "50000" },
        });
        var replicas = FiveProcesses.Services.Select(all.Replica).ToList();
        await Task.WhenAll(replicas.Select(replica => replica.StartAsync()));

        var traces = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => PostAsync(i % 2 == 0 ? all.Ingest : replicas[0].Http, i)));
        Assert.That(traces, Is.Unique);
        await Until.TrueAsync(async () => (await all.Gateway.AllAsync()).Count >= Count, Patience, "every message is at the gateway");
        await UntilWholeAsync(collector, traces);

        var spans = collector.Spans.ToLookup(span => span.TraceId);
        Assert.That(traces.Select(trace => FaultOf([.. spans[trace]])).OfType<string>(), Is.Empty);
        foreach (var service in (string[])["ingest", "normalizer", "automation-matcher", "template-renderer", "whatsapp-dispatcher"])
            Assert.That(traces.SelectMany(trace => spans[trace]).Where(span => span.Service == service).Select(span => span.Instance).Distinct().Count(), Is.EqualTo(2), $"replicas of {service}");
    }

    private static async Task<string> PostAsync(HttpClient ingest, int i)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/partners/demo/events");
        request.Content = new StringContent($$"""{"event":"cart.abandoned","phone":"55119{{55570000 + i}}","customer":"Ana","store":"Loja","value":10.00,"url":"https://checkout.exemplo.com/{{i}}"}""");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer partner-demo-key");
        using var response = await ingest.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("X-Trace-Id").Single();
    }

    /// <summary>Waits no longer than its patience; what is still not whole then, the assertion tells.</summary>
    private static async Task UntilWholeAsync(OtlpCollector collector, string[] traces)
    {
        try
        {
            await Until.TrueAsync(() => collector.Spans.ToLookup(span => span.TraceId) is var spans && traces.All(trace => FaultOf([.. spans[trace]]) is null), Patience, "every trace is whole");
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>What is wrong with a trace: it has one root, the webhook; every other span has its parent; and from the request to the gateway back to the root there is every hop.</summary>
    private static string? FaultOf(List<OtlpSpan> trace)
    {
        var byId = trace.ToLookup(span => span.SpanId);
        if (trace.Count(span => span.ParentSpanId.Length == 0) != 1)
            return $"{trace.Count(span => span.ParentSpanId.Length == 0)} roots";
        if (trace.Find(span => span.ParentSpanId.Length > 0 && !byId.Contains(span.ParentSpanId)) is { } orphan)
            return $"{NameOf(orphan)} is an orphan";
        var hops = new List<string>();
        for (var span = trace.Find(span => NameOf(span) == Hops[0]); span is not null; span = byId[span.ParentSpanId].FirstOrDefault())
            hops.Add(NameOf(span));
        return hops.SequenceEqual(Hops) ? null : $"hops: {string.Join(" < ", hops)}";
    }

    private static string NameOf(OtlpSpan span) => $"{span.Service}: {span.Name}";
}
