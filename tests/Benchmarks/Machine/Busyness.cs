using System.Globalization;
using System.Text.Json.Nodes;

namespace Recado.Tests.Benchmarks.Machine;

/// <summary>What else the machine does: figures are worth little where that is much.</summary>
public static class Busyness
{
    /// <summary>Of the last minute: how many tasks ran or wanted to.</summary>
    public static double Average() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The machine, and a warning where it was busy before the measuring began.</summary>
    public static JsonObject Describe(double before)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{Environment.ProcessorCount} cores; load average {before:0.0} before, {Average():0.0} after"));
        if (before > Environment.ProcessorCount / 2.0)
            Console.WriteLine("Something else was running: take these figures as rough, and the ratios as better than the rest.");
        return new() { ["cores"] = Environment.ProcessorCount, ["load_before"] = before, ["load_after"] = Average(), ["at"] = DateTimeOffset.UtcNow.ToString("O") };
    }
}
