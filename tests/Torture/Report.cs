using System.Diagnostics;
using System.Globalization;
using Recado.Tests.Torture.Checks;
using Recado.Tests.Torture.Faults;

namespace Recado.Tests.Torture;

/// <summary>What a run says while it goes on, and at its end.</summary>
public sealed class Report(int seed)
{
    private const int StoriesShown = 5;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public TimeSpan Elapsed => clock.Elapsed;

    public void Say(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:0.0} s  {text}"));

    /// <summary>Every breach with its ids, the first of each kind with their timelines, and the line of figures.</summary>
    public void Conclude(IReadOnlyList<Breach> breaches, Evidence evidence, Strikes strikes)
    {
        foreach (var kind in breaches.GroupBy(breach => breach.Kind))
        {
            Console.WriteLine();
            Console.WriteLine($"{NameOf(kind.Key).ToUpperInvariant()} ({kind.Count()})");
            foreach (var breach in kind.Take(StoriesShown))
                Console.WriteLine($"  {breach.What}{(breach.Story.Length > 0 ? "\n" + breach.Story : "")}");
            foreach (var breach in kind.Skip(StoriesShown).Take(10 * StoriesShown))
                Console.WriteLine($"  {breach.What}");
        }
        Console.WriteLine();
        Console.WriteLine(Figures(breaches, evidence, strikes));
    }

    private string Figures(IReadOnlyList<Breach> breaches, Evidence evidence, Strikes strikes)
    {
        var counts = breaches.CountBy(breach => breach.Kind).ToDictionary();
        var uncertain = evidence.Messages.Count(message => message.Status == "uncertain");
        var events = evidence.Ledger.Count(entry => entry.Ids.Count > 0);
        var kinds = Enum.GetValues<BreachKind>().Where(kind => kind != BreachKind.Uncertain).Select(kind => $"{counts.GetValueOrDefault(kind)} {NameOf(kind)}");
        return string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: {strikes.Kills} kills, {events:N0} events, {evidence.Effects.Count:N0} messages, {string.Join(", ", kinds)}, {uncertain} uncertain ({counts.GetValueOrDefault(BreachKind.Uncertain)} too many) in {clock.Elapsed.TotalSeconds:0} s");
    }

    private static string NameOf(BreachKind kind) => kind == BreachKind.CrossStore ? "cross-store" : kind.ToString().ToLowerInvariant();
}
