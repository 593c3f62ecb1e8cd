using System.Diagnostics;
using System.Globalization;
using Recado.Tests.Torture.Checks;
using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Overload;

/// <summary>
/// Ten times the usual load for a minute, nearly all of it from one store: who is put off is told until when, what is
/// accepted is kept and worked off, memory stays bounded, and the other store hardly notices.
/// </summary>
public sealed class OverloadRun(World world, Report report)
{
    /// <summary>200 events a second are usual (INV9).</summary>
    private const int Usual = 200;
    private const int NoisyPerSecond = 10 * Usual * 95 / 100;
    private const int QuietPerSecond = (10 * Usual) - NoisyPerSecond;
    private const long MostMiB = 512;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(5);

    private readonly Ledger ledger = new();
    private readonly Strikes strikes = new();

    /// <summary>With the limits that are set when nothing is, and with none but the waiting room's.</summary>
    public static async Task<bool> RunBothAsync() => await RunOneAsync(perSecond: null) & await RunOneAsync(perSecond: 0);

    private static async Task<bool> RunOneAsync(int? perSecond)
    {
        Console.WriteLine($"\n{10 * Usual} events a second for {Long.TotalSeconds:0} s, {(perSecond is null ? "the usual limits of rate" : "no limits of rate")}");
        var settings = perSecond is null ? new Dictionary<string, string>() : new() { ["Ingest__RateLimit__PerSecond"] = $"{perSecond}" };
        await using var world = await World.StartAsync(plantedBug: null, settings);
        return await new OverloadRun(world, new Report(0)).RunAsync();
    }

    private async Task<bool> RunAsync()
    {
        foreach (var service in Infrastructure.FiveProcesses.Services)
            await world.Processes[service].LaunchAsync();
        await world.WaitForConsumersAsync();
        await world.Processes.Gateway.BehaveAsync(World.Behaviour());
        using var quiet = new Flood(world.Processes.Ingest.BaseAddress!, Store.All[0], ledger, "quiet");
        using var noisy = new Flood(world.Processes.Ingest.BaseAddress!, Store.All[1], ledger, "noisy");
        await quiet.SendAsync(QuietPerSecond, TimeSpan.FromSeconds(20)); // warm
        var alone = await quiet.SendAsync(QuietPerSecond, TimeSpan.FromSeconds(20));
        report.Say($"the quiet store alone: {Shown(alone)}");
        await using var memory = new PeakMemory(world.Processes);
        memory.Start();
        var answers = await Task.WhenAll(quiet.SendAsync(QuietPerSecond, Long), noisy.SendAsync(NoisyPerSecond, Long));
        report.Say($"the quiet store beside: {Shown(answers[0])}");
        report.Say($"the noisy store: {Shown(answers[1])}");
        List<string> wrong = [.. Answered(answers[0], answers[1]), .. Slowed(alone, answers[0]), .. await DrainedAsync()];
        report.Say($"most memory, MiB: {string.Join(", ", memory.Peaks.Select(peak => $"{peak.Key} {peak.Value}"))}");
        wrong.AddRange(memory.Peaks.Where(peak => peak.Value > MostMiB).Select(peak => $"{peak.Key} took {peak.Value} MiB"));
        foreach (var each in wrong)
            Console.WriteLine($"  WRONG: {each}");
        report.Say(wrong.Count == 0 ? "nothing lost, nothing doubled, all within bounds" : $"{wrong.Count} things are wrong");
        return wrong.Count == 0;
    }

    private static IEnumerable<string> Answered(IReadOnlyList<Answer> quiet, IReadOnlyList<Answer> noisy)
    {
        if (quiet.Concat(noisy).Count(answer => !answer.IsAccepted && !answer.IsPutOff) is > 0 and var odd)
            yield return $"{odd} requests were neither accepted nor told when to come again";
        if (quiet.Count(answer => !answer.IsAccepted) is > 0 and var refused)
            yield return $"{refused} requests of the quiet store were not accepted";
    }

    private static IEnumerable<string> Slowed(IReadOnlyList<Answer> alone, IReadOnlyList<Answer> beside)
    {
        if (Quantile(beside, 0.5) > 1.5 * Quantile(alone, 0.5))
            yield return $"the quiet store was acknowledged {Quantile(beside, 0.5) / Quantile(alone, 0.5):0.0} times slower beside the noisy one (medians)";
    }

    private async Task<IEnumerable<string>> DrainedAsync()
    {
        var clock = Stopwatch.StartNew();
        var stuck = await new Quiet(world, ledger, strikes).WaitAsync(DrainedWithin);
        report.Say($"the backlog was worked off in {clock.Elapsed.TotalSeconds:0} s");
        var evidence = await Evidence.LoadAsync(world, ledger, strikes);
        report.Say($"{evidence.Ledger.Count:N0} events accepted, {evidence.Effects.Count:N0} messages at the gateway");
        return stuck.Concat(Losses.Of(evidence)).Concat(Doubles.Of(evidence)).Select(breach => $"{breach.Kind}: {breach.What}");
    }

    private static string Shown(IReadOnlyList<Answer> answers)
    {
        var accepted = answers.Where(answer => answer.IsAccepted).ToList();
        var refused = string.Join(", ", answers.Where(answer => !answer.IsAccepted).CountBy(answer => answer.Status).OrderBy(each => each.Key).Select(each => $"{each.Value:N0} × {each.Key}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{answers.Count:N0} sent, {accepted.Count:N0} accepted (p50 {Quantile(accepted, 0.5):0.0} ms, p99 {Quantile(accepted, 0.99):0.0} ms){(refused.Length > 0 ? ", " + refused : "")}");
    }

    private static double Quantile(IReadOnlyCollection<Answer> answers, double part) =>
        answers.Count == 0 ? 0 : answers.Select(answer => answer.Milliseconds).Order().ElementAt((int)(answers.Count * part));
}
