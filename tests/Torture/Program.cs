using Recado.Tests.Infrastructure;
using Recado.Tests.Torture;
using Recado.Tests.Torture.Checks;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Overload;
using Recado.Tests.Torture.Traffic;

if (TortureOptions.Parse(args) is not { } options)
{
    Console.WriteLine(TortureOptions.Usage);
    return 2;
}
try
{
    return await RunAsync(options) ? 0 : 1;
}
finally
{
    RunFolder.Delete();
}

static Task<bool> RunAsync(TortureOptions options) => options switch
{
    { Overload: true } => OverloadRun.RunBothAsync(),
    { AllPlantedBugs: true } => PlantedBugTable.RunAsync(options.Seed),
    { PlantedBug: { } bug } => FocusedAsync(bug, bug, options.Seed),
    { ScheduleOf: { } bug } => FocusedAsync(bug, null, options.Seed),
    _ => WholeAsync(options),
};

// A planted bug has to be found: then the run ends as one that found nothing would.
static async Task<bool> FocusedAsync(string schedule, string? bug, int seed) =>
    (await PlantedBugTable.RunOneAsync(schedule, bug, seed)).Count == 0;

static async Task<bool> WholeAsync(TortureOptions options)
{
    Console.WriteLine($"seed {options.Seed}");
    var report = new Report(options.Seed);
    await using var run = await TortureRun.StartAsync(new LoadProfile(ShoppersPerSecond: 5, CrowdPerSecond: 25), plantedBug: null, options.Seed, report);
    var random = new Random(options.Seed);
    var catalogue = run.Catalogue(random);
    if (options.Rounds > 0)
        report.Say($"{await RoundsAsync(run, catalogue, random, options, report)} rounds");
    else
    {
        if (CrashPoint.All.Where(point => Wanted(point.Name, options)).ToList() is { Count: > 0 } points)
            await run.CrashAsync(points);
        foreach (var fault in (options.Only is null ? catalogue.All : catalogue.Long).Where(fault => Wanted(fault.Name, options)))
            await run.StrikeAsync(fault);
    }
    await run.CalmAsync(TimeSpan.FromSeconds(25));
    return (await run.ConcludeAsync(options.Short ? 20_000 : 0, Quiet.Deadline)).Count == 0;
}

static async Task<int> RoundsAsync(TortureRun run, FaultCatalogue catalogue, Random random, TortureOptions options, Report report)
{
    var faults = catalogue.Long.Where(fault => Wanted(fault.Name, options)).ToArray();
    var points = CrashPoint.All.Where(point => Wanted(point.Name, options)).ToArray();
    var round = 0;
    for (; round < options.Rounds && report.Elapsed.TotalMinutes < options.Minutes; round++)
    {
        if (points.Length > 0 && (faults.Length == 0 || random.Next(2) == 0))
            await run.CrashAsync([.. random.GetItems(points, Math.Min(points.Length, 12)).Distinct()]);
        else
            await run.StrikeAsync(faults[random.Next(faults.Length)]);
    }
    return round;
}

static bool Wanted(string name, TortureOptions options) => options.Only is null || name.Contains(options.Only, StringComparison.Ordinal);
