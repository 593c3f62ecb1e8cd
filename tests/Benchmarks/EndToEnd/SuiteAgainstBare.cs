using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>The figure that counts: how many events per second the suite takes all the way, of those that the same hops and rows take without a domain.</summary>
public static class SuiteAgainstBare
{
    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        var folder = RunFolder.New("benchmark");
        await using var suite = await FiveServices.StartAsync(folder);
        await using var bare = await BarePipeline.StartAsync(folder);
        var cases = await RunRoundsAsync(effort, suite, bare);
        CaseTable.Print(cases);
        var rows = WrittenPerEvent.Print(await suite.EndAsync(), suite.Taken, await bare.EndAsync(), bare.Taken);
        return Figures(cases, rows);
    }

    /// <summary>Suite and bare take turns, each with each number of senders, and each first as often as second.</summary>
    private static async Task<List<Case>> RunRoundsAsync(Effort effort, Pipeline suite, Pipeline bare)
    {
        var events = new Dictionary<Pipeline, int>();
        foreach (var pipeline in (Pipeline[])[suite, bare])
            events[pipeline] = await Run.WarmUpAsync(pipeline, effort.Seconds);
        int[] senders = effort.Quick ? [32] : [16, 32, 64];
        var runs = new List<(Pipeline Pipeline, int Senders, RunFigures Figures)>();
        for (var round = 0; round < effort.Rounds; round++)
            foreach (var number in senders)
                foreach (var pipeline in (Pipeline[])(round % 2 == 0 ? [suite, bare] : [bare, suite]))
                    runs.Add((pipeline, number, await Run.MeasureAsync(pipeline, events[pipeline], (port, webhooks) => Load.ClosedAsync(port, webhooks, number))));
        return [.. runs.GroupBy(run => (run.Pipeline, run.Senders)).Select(group => new Case(group.Key.Pipeline.Name, group.Key.Senders, group.Key.Pipeline.Parts, [.. group.Select(run => run.Figures)]))];
    }

    /// <summary>The suite's best number of senders, and the bare pipeline's with as many; the ratio is the median of the ratios of the rounds.</summary>
    private static JsonObject Figures(List<Case> cases, JsonObject rows)
    {
        var best = cases.Where(each => each.Pipeline == "suite").MaxBy(each => each.Median(run => run.PerSecond))!;
        var bare = cases.Single(each => each.Pipeline == "bare" && each.Senders == best.Senders);
        var ratio = Median.Of(best.Runs.Zip(bare.Runs, (suite, other) => suite.PerSecond / other.PerSecond));
        Console.WriteLine(System.FormattableString.Invariant($"ratio suite/bare {ratio:0.000} with {best.Senders} senders"));
        return new()
        {
            ["ratio_suite_to_bare"] = Median.ForJson(ratio),
            ["events_per_s"] = Median.ForJson(best.Median(run => run.PerSecond)),
            ["bare_events_per_s"] = Median.ForJson(bare.Median(run => run.PerSecond)),
            ["ack_p99_ms"] = Median.ForJson(best.Median(run => run.Acknowledged.At(99))),
            ["cpu_s_per_event"] = Median.ForJson((best.CpuMs(Machine.PartKind.Service) + best.CpuMs(Machine.PartKind.Broker) + best.CpuMs(Machine.PartKind.Database)) / 1000),
            ["peak_mb"] = Median.ForJson(best.Median(run => run.Used.PeakServicesMb)),
            ["senders"] = best.Senders,
            ["cases"] = new JsonArray([.. cases.Select(each => each.ToJson())]),
            ["written_per_event"] = rows,
        };
    }
}
