using System.Diagnostics;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.StartUp;

/// <summary>From the start of a process to its "ready", one after the other; then what each holds and uses while nothing happens.</summary>
public static class StartUps
{
    // What runs for the first time is compiled again in the background for some seconds.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private sealed record Started(string Name, double ReadySeconds, double CpuSeconds);

    private sealed record Idle(string Name, double Mb, double CpuPercent);

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var part = await PartOfSuite.PrepareAsync(RunFolder.New("benchmark"));
        var (started, idle) = (new List<Started>(), new List<Idle>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            var folder = RunFolder.New("standalone");
            await using var standalone = new StandaloneProcess(folder);
            var all = FiveProcesses.Services.Select(service => (Name: service, Process: part.Processes[service])).Append(("Standalone", standalone.Process)).ToList();
            foreach (var (name, process) in all)
                started.Add(await StartAsync(name, process));
            idle.AddRange(await IdleAsync(all));
            foreach (var (_, process) in all)
                await process.StopAsync();
            await using var again = new StandaloneProcess(folder);
            started.Add(await StartAsync("Standalone, with its tables", again.Process));
            await again.Process.StopAsync();
        }
        return Figures(started, idle);
    }

    private static async Task<Started> StartAsync(string name, ServiceProcess process)
    {
        var clock = Stopwatch.StartNew();
        await process.StartAsync();
        return new(name, clock.Elapsed.TotalSeconds, ProcessTree.CpuSecondsOf(process.ProcessId));
    }

    private static async Task<IEnumerable<Idle>> IdleAsync(List<(string Name, ServiceProcess Process)> all)
    {
        // Not a wait for something: idleness is what is measured.
        await Task.Delay(Settling);
        var before = all.ConvertAll(each => ProcessTree.CpuSecondsOf(each.Process.ProcessId));
        await Task.Delay(Window);
        return all.Select((each, i) => new Idle(each.Name, ProcessTree.ResidentMbOf(each.Process.ProcessId),
            (ProcessTree.CpuSecondsOf(each.Process.ProcessId) - before[i]) / Window.TotalSeconds * 100)).ToList();
    }

    private static JsonObject Figures(List<Started> started, List<Idle> idle)
    {
        var table = new Table("Medians. Idle: from 12 s after the last start on.", "", "ready after s", "cpu s until then", "idle MB", "idle cpu %");
        var figures = new JsonObject();
        foreach (var group in started.GroupBy(each => each.Name))
        {
            var (ready, cpu) = (Median.Of([.. group], each => each.ReadySeconds), Median.Of([.. group], each => each.CpuSeconds));
            var (mb, percent) = (Median.Of(idle.Where(each => each.Name == group.Key).Select(each => each.Mb)), Median.Of(idle.Where(each => each.Name == group.Key).Select(each => each.CpuPercent)));
            table.Add(group.Key, ready, cpu, mb, percent);
            figures[group.Key] = new JsonObject
            {
                ["ready_s"] = Median.ForJson(ready),
                ["start_cpu_s"] = Median.ForJson(cpu),
                ["idle_mb"] = Median.ForJson(mb),
                ["idle_cpu_percent"] = Median.ForJson(percent),
            };
        }
        table.Print();
        return figures;
    }
}
