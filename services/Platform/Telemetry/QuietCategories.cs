using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recado.Platform.Telemetry;

/// <summary>
/// The frameworks log whole addresses and headers below Warning, and some addresses hold tokens and phones. No setting
/// turns those logs on: whatever rules there are, for whichever provider, they end at Warning for these categories.
/// </summary>
internal static class QuietCategories
{
    private static readonly string[] Categories = ["Microsoft.AspNetCore", "System.Net.Http"];

    public static void AddQuietCategories(this IServiceCollection services) =>
        services.PostConfigure<LoggerFilterOptions>(options => Quieten(options.Rules));

    /// <summary>Raises the rules that are about such a category, and adds one for every provider that has rules of its own: those win over all general ones.</summary>
    internal static void Quieten(IList<LoggerFilterRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
            if (rules[i] is var rule && IsQuiet(rule.CategoryName))
                rules[i] = new(rule.ProviderName, rule.CategoryName, AtLeastWarning(rule.LogLevel), rule.Filter);
        foreach (var provider in rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            foreach (var category in Categories)
                if (!rules.Any(rule => rule.ProviderName == provider && string.Equals(rule.CategoryName, category, StringComparison.OrdinalIgnoreCase)))
                    rules.Add(new(provider, category, LogLevel.Warning, null));
    }

    // A rule may have one wildcard: "System.*.Http" or "*.Http" is about these categories as well as about others.
    private static bool IsQuiet(string? rule) =>
        rule is not null && Categories.Any(category => rule.Contains('*', StringComparison.Ordinal) || rule.StartsWith(category, StringComparison.OrdinalIgnoreCase));

    private static LogLevel AtLeastWarning(LogLevel? level) => level is null or < LogLevel.Warning ? LogLevel.Warning : level.Value;
}
