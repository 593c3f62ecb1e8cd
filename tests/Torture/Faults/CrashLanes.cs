using System.Globalization;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture.Faults;

/// <summary>
/// Every service dies at its crash points one after the other: each life is armed with the next point, so five services
/// die and come back side by side, each in an order of its own.
/// </summary>
public sealed class CrashLanes(World world, Strikes strikes, Report report, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    /// <summary>Points that were not reached in time.</summary>
    public List<CrashPoint> Missed { get; } = [];

    /// <summary>Goes through the points once.</summary>
    public Task RunAsync(IEnumerable<CrashPoint> points) => strikes.DuringAsync("crash points", () => Task.WhenAll(
        points.GroupBy(point => point.Service).Select((lane, place) => RunLaneAsync(lane.Key, place, [.. lane]))));

    private async Task RunLaneAsync(string service, int place, CrashPoint[] points)
    {
        var random = new Random((seed * 8) + place);
        random.Shuffle(points);
        var process = world.Processes[service];
        await process.KillAsync();
        strikes.Killed(service);
        foreach (var point in points)
        {
            await process.LaunchAsync(ArmedWith("CRASH_AT", point, random));
            if (await DiesAsync(process))
                strikes.Visit(point);
            else if (process.IsRunning)
                await MissAsync(point, process);
            else
                await FallAsync(point, process);
        }
        await process.StartAsync();
        report.Say($"{service} has died at {points.Length} points and runs again");
    }

    private async Task MissAsync(CrashPoint point, ServiceProcess process)
    {
        report.Say($"{point.Service} did not come to {point.Name} within {Patience.TotalSeconds:0} s");
        lock (Missed)
            Missed.Add(point);
        await process.KillAsync();
        strikes.Killed(point.Service);
    }

    private async Task FallAsync(CrashPoint point, ServiceProcess process)
    {
        report.Say($"{point.Service} ended by itself before it came to {point.Name}");
        await world.RaiseAsync(process);
        await process.KillAsync();
        strikes.Killed(point.Service);
    }

    internal static Dictionary<string, string> ArmedWith(string variable, CrashPoint point, Random random) =>
        new() { [variable] = string.Create(CultureInfo.InvariantCulture, $"{point.Name}:{random.Next(point.Earliest, point.Latest + 1)}") };

    private static async Task<bool> DiesAsync(ServiceProcess process)
    {
        try
        {
            await Until.TrueAsync(() => !process.IsRunning, Patience, "it has died");
        }
        catch (TimeoutException)
        {
            return false;
        }
        return process.WasKilled;
    }
}
