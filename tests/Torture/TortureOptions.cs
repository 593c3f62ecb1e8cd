using System.Globalization;

namespace Recado.Tests.Torture;

/// <summary>What was asked for on the command line.</summary>
public sealed record TortureOptions
{
    public const string Usage =
        """
        Breaks Recado on real RabbitMQ and PostgreSQL and counts what it lost, doubled or left behind.

          --short                every crash point and every fault once
          --rounds N             N faults in random order, crash points among them
          --minutes M            with --rounds: no new round after so many minutes
          --only WORD            only crash points and faults whose name contains WORD
          --planted-bug NAME     a focused run of services with that mistake in them; must end with a breach
          --schedule-of NAME     the same schedule without the mistake; must be clean
          --planted-bugs         all planted bugs one after the other, and a table
          --overload             ten times the usual load for a minute, with limits of rate and without
          --seed S               makes the same schedule again; random and printed unless given

        The last line holds the figures; the exit code is 0 only when no guarantee was broken.
        """;

    public bool Short { get; init; }
    public int Rounds { get; init; }
    public int Minutes { get; init; } = int.MaxValue;
    public string? Only { get; init; }
    public string? PlantedBug { get; init; }
    public string? ScheduleOf { get; init; }
    public bool AllPlantedBugs { get; init; }
    public bool Overload { get; init; }
    public int Seed { get; init; } = Random.Shared.Next(1, 1_000_000);

    /// <summary>Null when the arguments make no sense.</summary>
    public static TortureOptions? Parse(string[] arguments)
    {
        var options = new TortureOptions();
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var word))
        {
            if (With(options, word, words) is not { } next)
                return null;
            options = next;
        }
        return options is { Short: false, Rounds: 0, Only: null, PlantedBug: null, ScheduleOf: null, AllPlantedBugs: false, Overload: false } ? null : options;
    }

    private static TortureOptions? With(TortureOptions options, string word, Queue<string> rest) => word switch
    {
        "--short" => options with { Short = true },
        "--planted-bugs" => options with { AllPlantedBugs = true },
        "--overload" => options with { Overload = true },
        _ => rest.TryDequeue(out var value) ? With(options, word, value) : null,
    };

    private static TortureOptions? With(TortureOptions options, string word, string value) => word switch
    {
        "--only" => options with { Only = value },
        "--planted-bug" when FocusedSchedule.All.ContainsKey(value) => options with { PlantedBug = value },
        "--schedule-of" when FocusedSchedule.All.ContainsKey(value) => options with { ScheduleOf = value },
        "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) => options with { Rounds = rounds },
        "--minutes" when int.TryParse(value, CultureInfo.InvariantCulture, out var minutes) => options with { Minutes = minutes },
        "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
        _ => null,
    };
}
