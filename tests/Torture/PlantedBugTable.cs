using System.Diagnostics;
using Recado.Tests.Torture.Checks;

namespace Recado.Tests.Torture;

/// <summary>The program tested by itself: every mistake that it was made to find is planted once and has to be found.</summary>
public static class PlantedBugTable
{
    // Enough for what waits to show that it will wait for ever; without a mistake there is all the time that the checks allow.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(25);

    /// <summary>All of them, and a table at the end. True when each was found by the breach that it causes.</summary>
    public static async Task<bool> RunAsync(int seed)
    {
        var rows = new List<(string Bug, BreachKind Expected, bool Found, int Breaches, double Seconds)>();
        foreach (var (bug, schedule) in FocusedSchedule.All)
        {
            var clock = Stopwatch.StartNew();
            var breaches = await RunOneAsync(bug, bug, seed);
            var found = breaches.Count(breach => breach.Kind == schedule.Expected);
            rows.Add((bug, schedule.Expected, found > 0, found, clock.Elapsed.TotalSeconds));
        }
        Console.WriteLine();
        Console.WriteLine($"{"planted bug",-28}{"expected",-12}{"found",-8}{"times",7}{"seconds",10}");
        foreach (var row in rows)
            Console.WriteLine($"{row.Bug,-28}{row.Expected.ToString().ToLowerInvariant(),-12}{(row.Found ? "yes" : "NO"),-8}{row.Breaches,7}{row.Seconds,10:0}");
        Console.WriteLine($"{rows.Count(row => row.Found)} of {rows.Count} planted bugs found");
        return rows.All(row => row.Found);
    }

    /// <summary>The schedule of one bug, with it or without.</summary>
    public static async Task<IReadOnlyList<Breach>> RunOneAsync(string name, string? bug, int seed)
    {
        Console.WriteLine();
        Console.WriteLine(bug is null ? $"seed {seed}, the schedule of {name}, nothing planted" : $"seed {seed}, planted: {bug}");
        var schedule = FocusedSchedule.All[name];
        var report = new Report(seed);
        await using var run = await TortureRun.StartAsync(schedule.Profile, bug, seed, report);
        await Task.Delay(TimeSpan.FromSeconds(schedule.Seconds));
        foreach (var point in schedule.CrashPoints)
            await run.CrashAsync([.. CrashPoint.All.Where(each => each.Name == point).Select(each => each.AtVisit(FocusedSchedule.Visit))]);
        var catalogue = run.Catalogue(new Random(seed));
        foreach (var fault in catalogue.All.Where(fault => schedule.Faults.Contains(fault.Name)))
            await run.StrikeAsync(fault);
        return await run.ConcludeAsync(leastEvents: 0, bug is null ? Quiet.Deadline : Deadline);
    }
}
