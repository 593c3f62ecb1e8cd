using System.Text.Json.Nodes;
using Recado.Contracts;
using Recado.Normalizer;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.InProcess;

/// <summary>All payloads of the tests through the normalizer, source by source.</summary>
public static class NormalizerAlone
{
    public static Task<JsonObject> RunAsync(Effort effort) => Task.FromResult(Batches.Measure(
        "One webhook, CPU time, one thread. Medians of batches.", [.. Sources.All.Select(Of)], effort));

    private static Work Of(string source)
    {
        var webhooks = Payloads(source);
        return new($"{source} ({webhooks.Count} payloads)", webhooks.Count, () =>
        {
            Normalized? last = null;
            foreach (var webhook in webhooks)
                last = Normalization.Normalize(webhook);
            return last;
        });
    }

    /// <summary>The payloads of one source.</summary>
    internal static IReadOnlyList<WebhookReceived> Payloads(string source) =>
        [.. Directory.GetFiles(Path.Combine(ServiceProcess.RepositoryRoot, "tests", "payloads", source), "*.json")
            .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => new WebhookReceived
            {
                WebhookId = DeterministicId.Of(file),
                StoreId = "demo",
                Source = source,
                Channel = source == Sources.EzApi ? "INSTANCE_1" : null,
                ReceivedAt = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
                Body = File.ReadAllBytes(file),
            })];
}
