using System.Diagnostics;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.StartUp;

/// <summary>From the start of a process to its "ready", and what it holds and uses while nothing happens.</summary>
public static class StartUps
{
    private sealed record Started(string Name, double ReadySeconds, double StartCpuSeconds, double IdleMb, double IdleCpuPercent);

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        var folder = RunFolder.New("benchmark");
        await using var part = await PartOfSuite.PrepareAsync(folder);
        var runs = new List<Started>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            foreach (var service in FiveProcesses.Services)
                runs.Add(await MeasureAsync(service, part.Processes[service], effort));
            var own = RunFolder.New("standalone");
            await using var first = new StandaloneProcess(own);
            runs.Add(await MeasureAsync("Standalone, new", first.Process, effort));
            await using var second = new StandaloneProcess(own);
            runs.Add(await MeasureAsync("Standalone, again", second.Process, effort));
        }
        return Figures(runs);
    }

    private static async Task<Started> MeasureAsync(string name, ServiceProcess process, Effort effort)
    {
        var clock = Stopwatch.StartNew();
        await process.StartAsync();
        var ready = clock.Elapsed.TotalSeconds;
        var cpu = ProcessTree.CpuSecondsOf(process.ProcessId);
        // Not a wait for something: idleness is what is measured.
        await Task.Delay(TimeSpan.FromSeconds(effort.Quick ? 3 : 8));
        var (before, window) = (ProcessTree.CpuSecondsOf(process.ProcessId), TimeSpan.FromSeconds(effort.Quick ? 3 : 8));
        await Task.Delay(window);
        var started = new Started(name, ready, cpu, ProcessTree.ResidentMbOf(process.ProcessId),
            (ProcessTree.CpuSecondsOf(process.ProcessId) - before) / window.TotalSeconds * 100);
        await process.StopAsync();
        return started;
    }

    private static JsonObject Figures(List<Started> runs)
    {
        var table = new Table("Medians. \"again\" finds its tables and the last one's rows.", "", "ready after s", "cpu s until then", "idle MB", "idle cpu %");
        var figures = new JsonObject();
        foreach (var group in runs.GroupBy(run => run.Name))
        {
            double Of(Func<Started, double> figure) => Median.Of([.. group], figure);
            table.Add(group.Key, Of(run => run.ReadySeconds), Of(run => run.StartCpuSeconds), Of(run => run.IdleMb), Of(run => run.IdleCpuPercent));
            figures[group.Key] = new JsonObject
            {
                ["ready_s"] = Median.ForJson(Of(run => run.ReadySeconds)),
                ["start_cpu_s"] = Median.ForJson(Of(run => run.StartCpuSeconds)),
                ["idle_mb"] = Median.ForJson(Of(run => run.IdleMb)),
                ["idle_cpu_percent"] = Median.ForJson(Of(run => run.IdleCpuPercent)),
            };
        }
        table.Print();
        return figures;
    }
}
