using Recado.Tests.Torture.Checks;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture;

/// <summary>The shortest way to a mistake that others have made: some load, some faults.</summary>
/// <param name="Expected">How the mistake shows.</param>
/// <param name="CrashPoints">
/// Where processes die, in the order given; at the second visit: the first batch of a life has been committed then, the
/// next, of what came meanwhile, has not. Those who acknowledge too much or too early lose it.
/// </param>
/// <param name="Faults">What strikes then.</param>
/// <param name="Seconds">How long the load goes on at least.</param>
public sealed record FocusedSchedule(BreachKind Expected, LoadProfile Profile, int Seconds, string[] CrashPoints, string[] Faults)
{
    /// <summary>Which visit is deadly.</summary>
    public const int Visit = 2;

    private static readonly LoadProfile Usual = new(ShoppersPerSecond: 6, CrowdPerSecond: 0);
    private static readonly LoadProfile Flood = new(ShoppersPerSecond: 6, CrowdPerSecond: 150);
    private static readonly LoadProfile Doubles = new(ShoppersPerSecond: 40, CrowdPerSecond: 0, OnlyDoubles: true);
    private static readonly string[] UnderWay =
        ["normalizer.webhook-received.handled", "automation-matcher.commerce-event.handled", "template-renderer.message-requested.handled"];

    /// <summary>By the names of the planted bugs.</summary>
    public static readonly IReadOnlyDictionary<string, FocusedSchedule> All = new Dictionary<string, FocusedSchedule>
    {
        ["acknowledge-before-commit"] = new(BreachKind.Lost, Flood, 10, UnderWay, []),
        ["multiple-acknowledge"] = new(BreachKind.Lost, Flood, 10, UnderWay, []),
        ["check-then-insert"] = new(BreachKind.Doubled, Doubles, 10, [], []),
        // More shoppers than usual, so that it freezes with several messages in its hands.
        ["no-fencing"] = new(BreachKind.Doubled, Usual with { ShoppersPerSecond = 12 }, 5, [], ["zombie-dispatcher"]),
        ["retry-on-timeout"] = new(BreachKind.Doubled, Usual, 5, [], ["gateway"]),
        ["timers-from-memory"] = new(BreachKind.Stuck, Usual, 5, ["automation-matcher.commerce-event.committed", "timer.claimed"], []),
        // Ingest has customers before the queues of the others exist: see TortureRun.StartAsync.
        ["non-mandatory-publish"] = new(BreachKind.Lost, Usual, 5, [], []),
    };
}
