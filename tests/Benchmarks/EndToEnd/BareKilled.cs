using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>
/// A yardstick that loses messages would be no yardstick: the bare pipeline keeps what it acknowledged through kill -9 as the
/// suite does. Each event ends as read, or as one of the few sends that were under way and whose outcome nobody knows.
/// </summary>
public static class BareKilled
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var bare = await BarePipeline.StartAsync(RunFolder.New("benchmark"));
        var (start, events, kills) = (DateTimeOffset.UtcNow, effort.Quick ? 2000 : 6000, 4);
        for (var kill = 0; kill < kills; kill++)
        {
            await Load.ClosedAsync(bare.Port, Webhooks.Make(events / kills), 32);
            await bare.KillAndStartAsync(); // acknowledged is all of it, and most of it still on its way
        }
        await Until.TrueAsync(async () => (await bare.FinishedAsync(start)).Count + await UncertainAsync(bare) >= events, Patience, "every event has ended");
        var (read, uncertain) = ((await bare.FinishedAsync(start)).Count, await UncertainAsync(bare));
        var doubled = await bare.Gateway.MessagesAsync() - (await bare.Gateway.AcceptedAsync()).Count; // each has a phone of its own
        Console.WriteLine($"{events} acknowledged, {kills} kills: {read} read, {uncertain} uncertain, {doubled} sent twice");
        if (read + uncertain != events || doubled != 0)
            throw new InvalidOperationException("The bare pipeline lost or doubled messages: it is no yardstick.");
        return new() { ["acknowledged"] = events, ["kills"] = kills, ["read"] = read, ["uncertain"] = uncertain, ["sent_twice"] = doubled };
    }

    private static Task<long> UncertainAsync(BarePipeline bare) => bare.CountAsync("select count(*) from whatsapp_dispatcher.messages where status = 'uncertain'");
}
