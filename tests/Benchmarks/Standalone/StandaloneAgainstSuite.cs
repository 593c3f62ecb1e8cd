using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.EndToEnd;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Standalone;

/// <summary>The same events through one process on SQLite. Its emulator runs in it, and its CPU time and memory are in its figures.</summary>
public static class StandaloneAgainstSuite
{
    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        var folder = RunFolder.New("benchmark");
        await using var standalone = await StandaloneProcess.StartAsync(folder);
        await using var suite = await FiveServices.StartAsync(folder);
        var cases = await Rounds.ClosedAsync(effort, effort.Quick ? [32] : [16, 32, 64], standalone, suite);
        cases.Add(await Rounds.LoneAsync(effort, standalone));
        CaseTable.Print(cases);
        var (best, other) = SuiteAgainstBare.Best(cases, "standalone", "suite");
        var ratio = SuiteAgainstBare.Ratio(best, other);
        Console.WriteLine(FormattableString.Invariant($"ratio standalone/suite {ratio:0.00} ({best.Load})"));
        return new()
        {
            ["ratio_standalone_to_suite"] = Median.ForJson(ratio),
            ["events_per_s"] = Median.ForJson(best.Median(run => run.PerSecond)),
            ["suite_events_per_s"] = Median.ForJson(other.Median(run => run.PerSecond)),
            ["cpu_s_per_event"] = Median.ForJson(best.CpuMs(Machine.PartKind.Service) / 1000),
            ["peak_mb"] = Median.ForJson(best.Median(run => run.Used.PeakServicesMb)),
            ["lone_to_gateway_p50_ms"] = Median.ForJson(cases[^1].Median(run => run.ToGateway.At(50))),
            ["cases"] = new JsonArray([.. cases.Select(each => each.ToJson())]),
        };
    }
}
