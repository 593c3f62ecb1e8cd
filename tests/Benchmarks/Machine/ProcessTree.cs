using System.Globalization;

namespace Recado.Tests.Benchmarks.Machine;

/// <summary>CPU time and memory of processes as /proc tells them. Linux only.</summary>
public static class ProcessTree
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of a process, of all it started, and of what of that has ended.</summary>
    public static double CpuSecondsOf(int root)
    {
        var all = Directory.GetDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0).Select(StatOf).OfType<Stat>().ToList();
        var childrenOf = all.ToLookup(stat => stat.Parent);
        double sum = 0;
        var waiting = new Stack<Stat>(all.Where(stat => stat.Id == root));
        while (waiting.TryPop(out var stat))
        {
            sum += stat.Ticks;
            foreach (var child in childrenOf[stat.Id])
                waiting.Push(child);
        }
        return sum / TicksPerSecond;
    }

    /// <summary>What one process holds in memory now, in MB of 1024² bytes; 0 when it is gone.</summary>
    public static double ResidentMbOf(int process) => MbOf(process, "status", "VmRSS:");

    /// <summary>
    /// Its part of the machine's memory: a page that n processes share, as those of the runtime, counts as 1/n. Takes some
    /// 8 ms in which the process can map nothing.
    /// </summary>
    public static double ProportionalMbOf(int process) => MbOf(process, "smaps_rollup", "Pss:");

    private static double MbOf(int process, string file, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/{file}").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks);

    private static Stat? StatOf(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // The name in brackets may hold anything; after it come state, parent, … and utime, stime, cutime, cstime.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(id, int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }
}
