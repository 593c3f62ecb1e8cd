using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
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

        var closed = await Rounds.ClosedAsync(effort, effort.Quick ? [32] : [16, 32, 64], suite, bare);
        CaseTable.Print(closed);
        var (best, yardstick) = Best(closed, "suite", "bare");
        CaseTable.PrintParts(best);
        CaseTable.PrintParts(yardstick);
        var most = best.Median(run => run.PerSecond);
        var open = await Rounds.OpenAsync(effort, effort.Quick ? [most / 2] : [most / 4, most / 2, most * 3 / 4], suite, bare);
        var half = open.Where(each => each.Load == open[open.Count / 2].Load).ToList();
        List<Case> lone = [await Rounds.LoneAsync(effort, suite), await Rounds.LoneAsync(effort, bare)];
        CaseTable.Print([.. open, .. lone]);

        var written = WrittenPerEvent.Print(await suite.EndAsync(), suite.Taken, await bare.EndAsync(), bare.Taken);
        return Figures(best, yardstick, half, lone[0], [.. closed, .. open, .. lone], written);
    }

    /// <summary>A pipeline at its best number of senders, and another with as many.</summary>
    internal static (Case Best, Case Other) Best(List<Case> cases, string pipeline, string other)
    {
        var best = cases.Where(each => each.Pipeline == pipeline).MaxBy(each => each.Median(run => run.PerSecond))!;
        return (best, cases.Single(each => each.Pipeline == other && each.Load == best.Load));
    }

    /// <summary>The median of the ratios of the rounds, in each of which both ran one after the other.</summary>
    internal static double Ratio(Case one, Case other) => Median.Of(one.Runs.Zip(other.Runs, (mine, theirs) => mine.PerSecond / theirs.PerSecond));

    /// <param name="half">The suite and the bare pipeline at half the suite's rate: how soon they answer when the suite is not overloaded.</param>
    private static JsonObject Figures(Case best, Case bare, List<Case> half, Case lone, List<Case> all, JsonObject written)
    {
        var (answered, bareAnswered) = (half.Single(each => each.Pipeline == best.Pipeline), half.Single(each => each.Pipeline == bare.Pipeline));
        Console.WriteLine(FormattableString.Invariant(
            $"ratio suite/bare {Ratio(best, bare):0.000} ({best.Load}); ack p99 {answered.Median(run => run.Acknowledged.At(99)):0.0} ms at {answered.Load}, bare {bareAnswered.Median(run => run.Acknowledged.At(99)):0.0} ms; lone event to gateway p50 {lone.Median(run => run.ToGateway.At(50)):0.0} ms"));
        return new()
        {
            ["ratio_suite_to_bare"] = Median.ForJson(Ratio(best, bare)),
            ["events_per_s"] = Median.ForJson(best.Median(run => run.PerSecond)),
            ["bare_events_per_s"] = Median.ForJson(bare.Median(run => run.PerSecond)),
            ["ack_p99_ms"] = Median.ForJson(answered.Median(run => run.Acknowledged.At(99))),
            ["bare_ack_p99_ms"] = Median.ForJson(bareAnswered.Median(run => run.Acknowledged.At(99))),
            ["cpu_s_per_event"] = Median.ForJson((best.CpuMs(PartKind.Service) + best.CpuMs(PartKind.Broker) + best.CpuMs(PartKind.Database)) / 1000),
            ["services_cpu_s_per_event"] = Median.ForJson(best.CpuMs(PartKind.Service) / 1000),
            ["peak_mb"] = Median.ForJson(best.Median(run => run.Used.PeakServicesMb)),
            ["peak_together_mb"] = Median.ForJson(best.Median(run => run.Used.PeakTogetherMb)),
            ["lone_to_gateway_p50_ms"] = Median.ForJson(lone.Median(run => run.ToGateway.At(50))),
            ["load"] = best.Load,
            ["cases"] = new JsonArray([.. all.Select(each => each.ToJson())]),
            ["written_per_event"] = written,
        };
    }
}
