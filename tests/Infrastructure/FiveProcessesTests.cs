using System.Net;

namespace Recado.Tests.Infrastructure;

public sealed class FiveProcessesTests
{
    [Test]
    public async Task All_become_ready_export_telemetry_and_one_can_be_killed_and_started_again()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var all = await FiveProcesses.StartAsync(new FiveProcessesOptions { Settings = collector.Settings });

        using var timeline = await all.Timeline.GetAsync("/health/live");
        Assert.That(timeline.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await all.Gateway.AllAsync(), Is.Empty);
        using var document = await all.Ingest.GetAsync("/openapi/v1.json"); // probes leave no span
        await collector.WaitForSpansAsync(
            spans => spans.Any(span => span.Service == "ingest"), TimeSpan.FromSeconds(90), "a span of Ingest");

        await all.KillAsync("Ingest");
        Assert.That(await all["Ingest"].IsReadyAsync(), Is.False);
        await all.RestartAsync("Ingest");

        using var ingest = await all.Ingest.GetAsync("/health/ready");
        Assert.That(ingest.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
