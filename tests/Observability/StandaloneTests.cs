using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>All services in one process, on SQLite: the same figures, each once.</summary>
public sealed class StandaloneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Test]
    public async Task One_process_tells_every_figure_once()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var port = Ports.Free();
        await using var standalone = new ServiceProcess("Standalone", new Dictionary<string, string>(collector.Settings)
        {
            ["Database"] = $"Data Source={Path.Combine(RunFolder.New("watched"), "recado.db")}",
            ["GatewayUrl"] = $"http://127.0.0.1:{port}/emulator",
            ["Emulator__Callbacks__INSTANCE_1"] = $"http://127.0.0.1:{port}/webhooks/ezapi/ezapi-demo-token",
            ["Gauges__Every"] = "00:00:01",
        }, port);
        await standalone.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/abandoned-cart/cart-demo-token");
        request.Content = new StringContent(WatchedRecado.Cart("alone", "5511955560010"), System.Text.Encoding.UTF8, "application/json");
        using var answer = await standalone.Http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));

        await Until.TrueAsync(() => Value(collector.Metrics, "recado.journeys.active", "waiting") == 1, Patience, "the journey that waits is told");
        await Until.TrueAsync(() => Value(collector.Metrics, "recado.outbox.unsent", "ingest") == 0, Patience, "the outbox is empty");

        var last = OtlpMetric.Parse(collector.Posts.Last(post => post.Signal == "metrics").Body).Where(metric => metric.Name.StartsWith("recado.", StringComparison.Ordinal)).ToList();
        Assert.That(last.Select(metric => metric.Series), Is.Unique);
        Assert.That(last.Select(metric => metric.Service).Distinct(), Is.EqualTo(new[] { "standalone" }));
        Assert.That(Value(last, "recado.webhooks.accepted", "abandoned-cart"), Is.EqualTo(1));
        Assert.That(last.Where(metric => metric.Name == "recado.outbox.age").Select(metric => metric.Attributes["schema"]),
            Is.EquivalentTo(new[] { "ingest", "normalizer", "automation_matcher", "template_renderer", "whatsapp_dispatcher" }));
        Assert.That(Value(last, "recado.messages.handled", "normalizer.webhook-received"), Is.EqualTo(1));
        foreach (var (name, attribute) in ((string, string)[])[("recado.dead_letters", "normalizer.webhook-received"), ("recado.webhooks.quarantined", "wiapy"), ("recado.webhooks.refused", "unavailable"), ("recado.sends", "no_answer"), ("recado.revenue.recovered", "BRL")])
            Assert.That(Value(last, name, attribute), Is.Zero, $"{name} is there before the first one");
        Assert.That(last.Where(metric => metric.Name is "recado.timers.age" or "recado.numbers.disconnected" or "recado.sends.unsettled").Select(metric => metric.Value), Is.EqualTo(new double[] { 0, 0, 0 }));
    }

    private static double? Value(IEnumerable<OtlpMetric> metrics, string name, string attribute) =>
        metrics.LastOrDefault(metric => metric.Name == name && metric.Attributes.Values.Contains(attribute))?.Value;
}
