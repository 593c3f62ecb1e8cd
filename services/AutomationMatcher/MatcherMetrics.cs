using System.Diagnostics.Metrics;
using Recado.AutomationMatcher.Journeys;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher;

/// <summary>What journeys do, and what they bring.</summary>
internal static class MatcherMetrics
{
    private static readonly Counter<long> Started = Instruments.Counter("recado.journeys.started", "{journey}", "Journeys that began.");
    private static readonly Counter<long> Ended = Instruments.Counter("recado.journeys.ended", "{journey}", "Journeys that came to their end, by state and reason.");
    private static readonly Histogram<double> Lateness = Instruments.Seconds("recado.timers.lateness", "Time from the moment a step was due until it was decided.");
    private static readonly Counter<long> Recovered = Instruments.Counter("recado.revenue.recovered", "{minor_unit}", "Purchases that followed a reminder, in minor units of their currency.");

    public static void Begin()
    {
        Started.Add(0);
        Recovered.Add(0, Instruments.Tag("currency", "BRL"));
    }

    /// <summary>Counts when these decisions are committed.</summary>
    /// <param name="saved">The journeys they changed, each as it is saved.</param>
    public static void Count(IReadOnlyCollection<Decision> decisions, IReadOnlyCollection<Journey> saved, Transaction transaction)
    {
        if (saved.Count == 0)
            return;
        transaction.OnCommitted(() =>
        {
            Started.Add(decisions.Sum(decision => decision.Entries.Count(entry => entry.What == "started")));
            foreach (var ((state, reason), count) in saved.Where(journey => !journey.Active).CountBy(journey => (journey.State, journey.Reason)))
                Ended.Add(count, Instruments.Tag("state", JourneyStore.NameOf(state)), Instruments.Tag("reason", reason ?? "none"));
        });
    }

    /// <summary>They were due, and what they do is committed.</summary>
    public static void Fire(IEnumerable<Journey> due, DateTimeOffset now)
    {
        foreach (var journey in due)
            Lateness.Record(Math.Max(0, (now - journey.DueAt!.Value).TotalSeconds));
    }

    /// <summary>A purchase that followed a reminder is committed.</summary>
    public static void Recover(Money value) => Recovered.Add(value.Amount, Instruments.Tag("currency", value.Currency));
}
