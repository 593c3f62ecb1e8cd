namespace Recado.Tests.Benchmarks.Machine;

/// <summary>What the parts used between two moments.</summary>
/// <param name="CpuSeconds">By the name of the part.</param>
/// <param name="PeakMb">The highest of the samples, by the name of the part; of the database only its first process.</param>
/// <param name="PeakServicesMb">The highest sum of all services at one moment; what they share counts for each.</param>
/// <param name="PeakTogetherMb">Likewise; what they share counts once.</param>
/// <param name="GeneratorCpuSeconds">Of this program, which makes the load.</param>
public sealed record Consumption(
    IReadOnlyDictionary<string, double> CpuSeconds, IReadOnlyDictionary<string, double> PeakMb, double PeakServicesMb, double PeakTogetherMb, double GeneratorCpuSeconds);

/// <summary>Measures from its making to <see cref="StopAsync"/>; memory by samples, four in a second, and of what is shared one in two seconds.</summary>
public sealed class Meter
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly IReadOnlyList<Part> parts;
    private readonly Dictionary<string, double> cpuBefore;
    private readonly TimeSpan generatorBefore;
    private readonly Dictionary<string, double> peaks = [];
    private readonly Task sampling;
    private volatile bool stopping;
    private double peakServices;
    private double peakTogether;

    public Meter(IReadOnlyList<Part> parts)
    {
        this.parts = [.. parts.Where(part => part.ProcessId is not null)];
        cpuBefore = Cpu();
        generatorBefore = Environment.CpuUsage.TotalTime;
        sampling = SampleAsync();
    }

    public async Task<Consumption> StopAsync()
    {
        var generator = Environment.CpuUsage.TotalTime - generatorBefore;
        var cpu = Cpu();
        stopping = true;
        await sampling;
        return new(cpu.ToDictionary(each => each.Key, each => each.Value - cpuBefore[each.Key]), peaks, peakServices, peakTogether, generator.TotalSeconds);
    }

    private Dictionary<string, double> Cpu() => parts.ToDictionary(part => part.Name, part => ProcessTree.CpuSecondsOf(part.ProcessId!.Value));

    private async Task SampleAsync()
    {
        for (var sample = 0; !stopping; sample++)
        {
            double services = 0;
            foreach (var part in parts)
            {
                var now = ProcessTree.ResidentMbOf(part.ProcessId!.Value);
                peaks[part.Name] = Math.Max(peaks.GetValueOrDefault(part.Name), now);
                services += part.Kind == PartKind.Service ? now : 0;
            }
            peakServices = Math.Max(peakServices, services);
            if (sample % 8 == 4)
                peakTogether = Math.Max(peakTogether, parts.Where(part => part.Kind == PartKind.Service).Sum(part => ProcessTree.ProportionalMbOf(part.ProcessId!.Value)));
            await Task.Delay(Interval);
        }
    }
}
