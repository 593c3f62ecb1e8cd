using System.Globalization;
using Recado.Contracts;
using Recado.Platform.Hosting;

namespace Recado.AutomationMatcher.Automations;

/// <summary>An automation as it stands in the bundle.</summary>
public sealed record AutomationDefinition
{
    /// <summary>A <c>wait</c> or a <c>send</c>.</summary>
    public sealed record Step(string? Wait = null, string? Send = null);

    public required string Id { get; init; }
    public string? Name { get; init; }
    public required string Trigger { get; init; }
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
    public string Class { get; init; } = MessageClasses.Reminder;
    public required IReadOnlyList<Step> Steps { get; init; }
    public IReadOnlyList<string> StopOn { get; init; } = [];

    /// <summary>A duration: <c>30s</c>, <c>15m</c>, <c>1h</c>, <c>2d</c>. Absent: every event starts a journey of its own.</summary>
    public string? ReentryAfter { get; init; }

    /// <summary>A duration.</summary>
    public string ExpireAfter { get; init; } = "24h";

    /// <summary>The automation, or the sentence that says what is wrong with it.</summary>
    /// <exception cref="CannotStartException">Something in it cannot be.</exception>
    public Automation ToAutomation(int version)
    {
        if (!EventTypes.All.Contains(Trigger))
            throw Wrong($"'{Trigger}' is not an event type");
        if (StopOn.FirstOrDefault(type => type != ReplyStops && !EventTypes.All.Contains(type)) is { } unknown)
            throw Wrong($"stopOn names '{unknown}', which is not an event type");
        if (Class is not (MessageClasses.Reminder or MessageClasses.Transactional))
            throw Wrong($"class '{Class}' is neither reminder nor transactional");
        if (Conditions.FirstOrDefault(condition => condition.Field is not ("source" or "payment.method")) is { } condition)
            throw Wrong($"a condition asks for '{condition.Field}'; use source or payment.method");
        if (ReentryAfter is not null && Duration(ReentryAfter) > LongestReentry)
            throw Wrong("reentryAfter is longer than 30d, for which ended journeys are looked at");
        return new()
        {
            Id = Id,
            Version = version,
            Trigger = Trigger,
            Conditions = Conditions,
            Class = Class,
            Steps = SendSteps(),
            StopOn = StopOn,
            ReentryAfter = ReentryAfter is null ? null : Duration(ReentryAfter),
            ExpireAfter = Duration(ExpireAfter),
        };
    }

    private static readonly TimeSpan LongestReentry = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>In stopOn: a message from the customer stops it.</summary>
    public const string ReplyStops = "customer.replied";

    private List<SendStep> SendSteps()
    {
        var steps = new List<SendStep>();
        var after = TimeSpan.Zero;
        foreach (var step in Steps)
        {
            if (step.Wait is not null)
                after += Duration(step.Wait);
            if (step.Send is not null)
                steps.Add(new(after, step.Send));
        }
        return steps.Count > 0 ? steps : throw Wrong("it sends nothing");
    }

    private TimeSpan Duration(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Wrong($"'{text}' is not a duration such as 30s, 15m, 1h or 2d");
        var seconds = number * (double)(text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => throw Wrong($"'{text}' is not a duration such as 30s, 15m, 1h or 2d"),
        });
        return seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw Wrong($"'{text}' is longer than 366d");
    }

    private CannotStartException Wrong(string what) => new($"automation '{Id}' in the bundle: {what}.");
}
