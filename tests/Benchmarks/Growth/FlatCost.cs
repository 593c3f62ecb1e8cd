using System.Globalization;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.EndToEnd;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Growth;

/// <summary>What an event costs while history piles up in the tables: it must not rise.</summary>
public static class FlatCost
{
    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var suite = await FiveServices.StartAsync(RunFolder.New("benchmark"));
        var events = await Run.WarmUpAsync(suite, effort.Seconds);
        // Costs an insert nothing, and lets the end of a run be seen without reading all that is older.
        await using (var index = suite.Database.CreateCommand("create index seen_by_time on automation_matcher.timeline using brin (recorded_at) with (pages_per_range = 8)"))
            await index.ExecuteNonQueryAsync();
        var cases = new List<Case>();
        var before = 0;
        foreach (var rows in (int[])(effort.Quick ? [10_000, 200_000] : [10_000, 1_000_000, 5_000_000]))
        {
            await History.AddAsync(suite.Database, before, rows / History.RowsPerEvent);
            before = rows / History.RowsPerEvent;
            var runs = new List<RunFigures>();
            for (var round = 0; round < effort.Rounds; round++)
                runs.Add(await Run.MeasureAsync(suite, events, (port, webhooks) => Load.ClosedAsync(port, webhooks, 32)));
            cases.Add(new(suite.Name, string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of history"), suite.Parts, runs));
        }
        CaseTable.Print(cases);
        return Figures(cases);
    }

    private static JsonObject Figures(List<Case> cases)
    {
        static double Cost(Case each) => each.CpuMs(PartKind.Service) + each.CpuMs(PartKind.Database);
        var ratio = Cost(cases[^1]) / Cost(cases[0]);
        Console.WriteLine(FormattableString.Invariant($"CPU of services and database for one event, with the longest history against the shortest: {ratio:0.00}"));
        return new() { ["cost_ratio"] = Median.ForJson(ratio), ["cases"] = new JsonArray([.. cases.Select(each => each.ToJson())]) };
    }
}
