using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>Before anything is measured: both do the same job. They send the same texts, and a webhook that comes twice makes one message.</summary>
internal static class SameJob
{
    private const int Events = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task CheckAsync(Pipeline one, Pipeline other)
    {
        var (mine, theirs) = (await TextsAsync(one), await TextsAsync(other));
        if (mine.Count != 2 || !mine.SetEquals(theirs))
            throw new InvalidOperationException($"{one.Name} and {other.Name} do not send the same texts:\n{string.Join("\n---\n", mine)}\n======\n{string.Join("\n---\n", theirs)}");
    }

    /// <summary>The texts that were sent, with a mark in the place of each event's number.</summary>
    private static async Task<HashSet<string>> TextsAsync(Pipeline pipeline)
    {
        await pipeline.Gateway.ClearAsync();
        var start = DateTimeOffset.UtcNow;
        var (twice, once) = (Webhooks.Make(Events, pipeline.PartnerRoute), Webhooks.Make(Events, pipeline.PartnerRoute));
        foreach (var (webhooks, ended) in ((IReadOnlyList<Webhook>, int)[])[(twice, Events), ([.. twice, .. once], 2 * Events)])
        {
            await Load.ClosedAsync(pipeline.Port, webhooks, 4);
            await Until.TrueAsync(async () => (await pipeline.FinishedAsync(start)).Count >= ended, Patience, $"{pipeline.Name}: {ended} events have ended");
        }
        await Task.Delay(TimeSpan.FromSeconds(1)); // for what should not come
        var sent = await pipeline.Gateway.TextsAsync();
        return sent.Count == 2 * Events
            ? [.. sent.Select(each => each.Text.Replace($"{Webhooks.NumberOf(each.Phone)}\n", "#\n", StringComparison.Ordinal))]
            : throw new InvalidOperationException($"{pipeline.Name} sent {sent.Count} messages for {2 * Events} events of which half came twice.");
    }
}
