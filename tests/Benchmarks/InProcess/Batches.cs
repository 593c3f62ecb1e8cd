using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Results;

namespace Recado.Tests.Benchmarks.InProcess;

/// <summary>A pure function in this process, on one thread.</summary>
/// <param name="Once">One pass; its result is kept, so that nothing is optimised away.</param>
/// <param name="Operations">In a pass.</param>
public sealed record Work(string Name, int Operations, Func<object?> Once);

/// <summary>Measures functions in turns, many passes to a batch, and takes the median of the batches.</summary>
public static class Batches
{
    private static object? kept;

    public static JsonObject Measure(string title, IReadOnlyList<Work> works, Effort effort)
    {
        var batch = TimeSpan.FromSeconds(effort.Quick ? 0.2 : 0.5);
        foreach (var work in works)
            Run(work, batch * 2); // compiled, and compiled again with what was seen
        var runs = new List<(Work Work, double Microseconds, double Bytes)>();
        for (var round = 0; round < (effort.Quick ? 5 : 11); round++)
            foreach (var work in works)
                runs.Add(Run(work, batch));
        var table = new Table(title, "", "µs each", "each/s", "bytes each");
        var figures = new JsonObject();
        foreach (var group in runs.GroupBy(run => run.Work.Name))
        {
            var (time, bytes) = (Median.Of(group.Select(run => run.Microseconds)), Median.Of(group.Select(run => run.Bytes)));
            table.Add(group.Key, time, 1e6 / time, bytes);
            figures[group.Key] = new JsonObject { ["us_each"] = Median.ForJson(time), ["per_s"] = Median.ForJson(1e6 / time), ["bytes_each"] = Median.ForJson(bytes) };
        }
        table.Print();
        return figures;
    }

    // CPU time, not time: what else the machine does is not this function's.
    private static (Work, double Microseconds, double Bytes) Run(Work work, TimeSpan length)
    {
        var (cpu, bytes, passes) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread(), 0);
        do
        {
            kept = work.Once();
            passes++;
        }
        while (Environment.CpuUsage.TotalTime - cpu < length);
        GC.KeepAlive(kept);
        var operations = (double)passes * work.Operations;
        return (work, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / operations, (GC.GetAllocatedBytesForCurrentThread() - bytes) / operations);
    }
}
