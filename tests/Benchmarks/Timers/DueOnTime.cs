using System.Globalization;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Timers;

/// <summary>How late AutomationMatcher asks for messages that become due, with nothing else waiting and with millions.</summary>
public static class DueOnTime
{
    private const int PerSecond = 200;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <param name="LateP50">Milliseconds from the due time until the message is asked for; the commit and the way to the broker come after it.</param>
    private sealed record Fired(double LateP50, double LateP99, double MatcherCpuMs, double DatabaseCpuMs, double PeakMb);

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var part = await PartOfSuite.PrepareAsync(RunFolder.New("benchmark"));
        await part.SinkAsync("recado.message-requested");
        await part.Processes["AutomationMatcher"].StartAsync();
        await FireAsync(part, "warm-up ", 1000);
        var table = new Table($"{PerSecond} due per second. Medians of {effort.Rounds} runs. Late: until it is decided, the commit not counted.", "waiting", "late p50 ms", "p99", "cpu ms AutomationMatcher", "PostgreSQL", "peak MB");
        var cases = new JsonArray();
        var waiting = 0;
        foreach (var far in (int[])[0, effort.Quick ? 200_000 : 2_000_000])
        {
            await WaitingJourneys.AddFarAsync(part, far - waiting);
            waiting = far;
            var runs = new List<Fired>();
            for (var round = 0; round < effort.Rounds; round++)
                runs.Add(await FireAsync(part, $"{far}-{round} ", (int)(PerSecond * effort.Seconds * 2)));
            cases.Add(Case(table, far, runs));
        }
        table.Print();
        return new() { ["due_per_s"] = PerSecond, ["cases"] = cases };
    }

    private static async Task<Fired> FireAsync(PartOfSuite part, string name, int count)
    {
        var start = DateTimeOffset.UtcNow + Margin;
        await WaitingJourneys.AddDueAsync(part, name, count, PerSecond, start);
        if (start - DateTimeOffset.UtcNow is not { Ticks: > 0 } wait)
            throw new InvalidOperationException("The machine is too busy: rows were not written before they were due.");
        await Task.Delay(wait);
        var meter = new Meter(part.PartsWith("AutomationMatcher"));
        var since = start.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        await Until.TrueAsync(async () => await part.NumberAsync($"select count(*) from automation_matcher.outbox where sent_at >= '{since}'") >= count,
            TimeSpan.FromSeconds(count / PerSecond) + TimeSpan.FromMinutes(3), "all that is due was asked for");
        var used = await meter.StopAsync();
        var late = $"(extract(epoch from o.created_at - j.base_at) * 1000) from automation_matcher.journeys j join automation_matcher.outbox o on o.message_id = j.message_id where j.subject = '{name}'";
        return new(await part.NumberAsync($"select percentile_cont(0.5) within group (order by each) from (select {late}) late (each)"),
            await part.NumberAsync($"select percentile_cont(0.99) within group (order by each) from (select {late}) late (each)"),
            used.CpuSeconds["AutomationMatcher"] * 1000 / count, used.CpuSeconds.GetValueOrDefault("PostgreSQL", double.NaN) * 1000 / count, used.PeakServicesMb);
    }

    private static JsonObject Case(Table table, int waiting, List<Fired> runs)
    {
        double Of(Func<Fired, double> figure) => Median.Of(runs, figure);
        table.Add(waiting.ToString("N0", CultureInfo.InvariantCulture), Of(run => run.LateP50), Of(run => run.LateP99), Of(run => run.MatcherCpuMs), Of(run => run.DatabaseCpuMs), Of(run => run.PeakMb));
        return new()
        {
            ["waiting"] = waiting,
            ["late_p50_ms"] = Median.ForJson(Of(run => run.LateP50)),
            ["late_p99_ms"] = Median.ForJson(Of(run => run.LateP99)),
            ["matcher_cpu_ms_each"] = Median.ForJson(Of(run => run.MatcherCpuMs)),
            ["database_cpu_ms_each"] = Median.ForJson(Of(run => run.DatabaseCpuMs)),
            ["peak_mb"] = Median.ForJson(Of(run => run.PeakMb)),
        };
    }
}
