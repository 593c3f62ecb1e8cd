using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.EndToEnd;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Scaling;

/// <summary>
/// One, two and four processes of each service in turn: they share the work, and no customer gets a message twice. On a
/// machine whose cores are all busy with one of each, more do not make it faster.
/// </summary>
public static class SharedWork
{
    private const int Senders = 32;

    /// <param name="Least">What the replica that did the least did, of what it would have with even shares. By CPU time.</param>
    private sealed record Shared(string Service, int Replicas, double PerSecond, double Least, double CpuMs);

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var suite = await FiveServices.StartAsync(RunFolder.New("benchmark"));
        var events = await Run.WarmUpAsync(suite, effort.Seconds);
        var all = new List<Shared>();
        foreach (var service in FiveProcesses.Services)
        {
            foreach (var replicas in (int[])[1, 2, 4])
            {
                while (1 + suite.Replicas.Count < replicas)
                    await suite.AddReplicaAsync(service);
                await MeasureAsync(suite, service, events / 4); // new processes compile while they run
                for (var round = 0; round < effort.Rounds; round++)
                    all.Add(await MeasureAsync(suite, service, events));
            }
            await suite.StopReplicasAsync();
        }
        return Figures(all, effort);
    }

    private static async Task<Shared> MeasureAsync(FiveServices suite, string service, int events)
    {
        int[] ports = service == "Ingest" ? [suite.Port, .. suite.Replicas.Select(replica => replica.Port)] : [suite.Port];
        var before = await suite.Gateway.MessagesAsync();
        var run = await Run.MeasureAsync(suite, events, async (_, webhooks) =>
            [.. (await Task.WhenAll(ports.Select((port, i) => Load.ClosedAsync(port, [.. webhooks.Where((_, at) => at % ports.Length == i)], Senders / ports.Length)))).SelectMany(sent => sent)]);
        if (await suite.Gateway.MessagesAsync() - before is var messages && messages != events)
            throw new InvalidOperationException($"{messages} messages for {events} events with {1 + suite.Replicas.Count} of {service}.");
        var cpu = run.Used.CpuSeconds.Where(part => part.Key.StartsWith(service, StringComparison.Ordinal)).Select(part => part.Value).ToList();
        return new(service, cpu.Count, run.PerSecond, cpu.Min() * cpu.Count / cpu.Sum(), cpu.Sum() * 1000 / events);
    }

    private static JsonObject Figures(List<Shared> all, Effort effort)
    {
        var table = new Table($"Medians of {effort.Rounds} runs, {Senders} senders. Least: the share of the least busy replica, of an even one. No message was sent twice.", "", "events/s", "least", "cpu ms/event");
        var cases = new JsonArray();
        foreach (var group in all.GroupBy(each => (each.Service, each.Replicas)))
        {
            double Of(Func<Shared, double> figure) => Median.Of([.. group], figure);
            table.Add($"{group.Key.Replicas} × {group.Key.Service}", Of(each => each.PerSecond), Of(each => each.Least), Of(each => each.CpuMs));
            cases.Add(new JsonObject
            {
                ["service"] = group.Key.Service,
                ["replicas"] = group.Key.Replicas,
                ["events_per_s"] = Median.ForJson(Of(each => each.PerSecond)),
                ["least_share"] = Median.ForJson(Of(each => each.Least)),
                ["cpu_ms_per_event"] = Median.ForJson(Of(each => each.CpuMs)),
            });
        }
        table.Print();
        return new() { ["cases"] = cases };
    }
}
