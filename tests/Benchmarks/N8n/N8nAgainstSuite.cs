using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.EndToEnd;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.N8n;

/// <summary>
/// What people use today, beside the five services. An event of n8n ends when the gateway has accepted its message; one of the
/// suite only when its three receipts are stored. That difference, as every other that could not be avoided, is in n8n's favour.
/// </summary>
internal static class N8nAgainstSuite
{
    // A worker that brings less than this is taken away again.
    private const double WorthAWorker = 1.05;

    public static Task<JsonObject> RegularAsync(Effort effort) => RunAsync(effort, queue: false);

    public static Task<JsonObject> QueueAsync(Effort effort) => RunAsync(effort, queue: true);

    private static async Task<JsonObject> RunAsync(Effort effort, bool queue)
    {
        var versions = new JsonObject { ["n8n"] = N8nInstallation.Version(), ["node"] = await N8nInstallation.NodeVersionAsync() };
        await using var suite = await FiveServices.StartAsync(RunFolder.New("benchmark"));
        await using var n8n = await N8nPipeline.StartAsync(queue);
        await SameJob.CheckAsync(suite, n8n);
        var tried = queue ? await TuneAsync(n8n) : [];

        var closed = await Rounds.ClosedAsync(effort, effort.Quick ? [32] : [16, 32, 64], suite, n8n);
        var (best, ofSuite) = SuiteAgainstBare.Best(closed, n8n.Name, suite.Name);
        // A rate that n8n bears with ease: here both are asked how soon, not how many.
        var open = await Rounds.OpenAsync(effort, [best.Median(run => run.PerSecond) / 2], suite, n8n);
        List<Case> lone = [await Rounds.LoneAsync(effort, suite), await Rounds.LoneAsync(effort, n8n)];
        List<Case> all = [.. closed, .. open, .. lone];
        CaseTable.Print(all);
        CaseTable.PrintParts(ofSuite);
        CaseTable.PrintParts(best);
        var figures = Figures(ofSuite, best, open);
        figures["versions"] = versions;
        figures["workers_tried"] = new JsonArray([.. tried.Select(each => new JsonObject { ["workers"] = each.Workers, ["events_per_s"] = Median.ForJson(each.PerSecond) })]);
        figures["cases"] = new JsonArray([.. all.Select(each => each.ToJson())]);
        return figures;
    }

    /// <summary>Adds workers for as long as each makes it faster.</summary>
    private static async Task<List<(int Workers, double PerSecond)>> TuneAsync(N8nPipeline n8n)
    {
        var tried = new List<(int Workers, double PerSecond)> { (n8n.Workers, await RateAsync(n8n)) };
        while (n8n.Workers < 2 * Environment.ProcessorCount)
        {
            var before = tried[^1].PerSecond;
            await n8n.AddWorkerAsync();
            tried.Add((n8n.Workers, await RateAsync(n8n)));
            if (tried[^1].PerSecond >= before * WorthAWorker)
                continue;
            await n8n.RemoveWorkerAsync();
            break;
        }
        Console.WriteLine($"Workers tried: {string.Join(", ", tried.Select(each => FormattableString.Invariant($"{each.Workers} ({each.PerSecond:0.0}/s)")))}; {n8n.Workers} taken\n");
        return tried;
    }

    /// <summary>The first run warms up whoever is new.</summary>
    private static async Task<double> RateAsync(N8nPipeline n8n)
    {
        double rate = 0;
        foreach (var events in (int[])[200, 400])
            rate = (await Run.MeasureAsync(n8n, events, (port, webhooks) => Load.ClosedAsync(port, webhooks, 32))).PerSecond;
        return rate;
    }

    private static JsonObject Figures(Case suite, Case n8n, List<Case> open)
    {
        var ratio = SuiteAgainstBare.Ratio(suite, n8n);
        Console.WriteLine(FormattableString.Invariant($"ratio suite/{n8n.Pipeline} {ratio:0.0} ({n8n.Load})"));
        return new()
        {
            ["ratio_suite_to_n8n"] = Median.ForJson(ratio),
            ["load"] = n8n.Load,
            ["suite"] = Summary(suite, open.Single(each => each.Pipeline == suite.Pipeline)),
            ["n8n"] = Summary(n8n, open.Single(each => each.Pipeline == n8n.Pipeline)),
        };
    }

    /// <param name="most">As many as it takes.</param>
    /// <param name="eased">At half of what n8n takes.</param>
    private static JsonObject Summary(Case most, Case eased) => new()
    {
        ["events_per_s"] = Median.ForJson(most.Median(run => run.PerSecond)),
        ["cpu_s_per_event"] = Median.ForJson((most.CpuMs(PartKind.Service) + most.CpuMs(PartKind.Broker) + most.CpuMs(PartKind.Database)) / 1000),
        ["services_peak_mb"] = Median.ForJson(most.Median(run => run.Used.PeakServicesMb)),
        ["eased_load"] = eased.Load,
        ["ack_p50_ms"] = Median.ForJson(eased.Median(run => run.Acknowledged.At(50))),
        ["ack_p99_ms"] = Median.ForJson(eased.Median(run => run.Acknowledged.At(99))),
        ["to_gateway_p50_ms"] = Median.ForJson(eased.Median(run => run.ToGateway.At(50))),
        ["to_gateway_p99_ms"] = Median.ForJson(eased.Median(run => run.ToGateway.At(99))),
    };
}
