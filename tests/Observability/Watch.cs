using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Observability;

/// <summary>An alert rule of <c>deploy/observability/rules/recado.yaml</c>; promtool says whether the file is right.</summary>
internal sealed record AlertRule(string Name, Expression Expression, string Severity, string Runbook);

/// <summary>What operators are given to watch Recado with.</summary>
internal static partial class Watch
{
    public static readonly string Rules = PathOf("deploy/observability/rules/recado.yaml");
    public static readonly string RuleTests = PathOf("deploy/observability/rules/recado.tests.yaml");
    public static readonly string Runbooks = PathOf("deploy/runbooks");

    public static IReadOnlyList<AlertRule> Alerts { get; } =
    [
        .. Rule().Matches(File.ReadAllText(Rules)).Select(rule => new AlertRule(
            rule.Groups["name"].Value, new(rule.Groups["expression"].Value), rule.Groups["severity"].Value, rule.Groups["runbook"].Value)),
    ];

    /// <summary>What the dashboard's panels ask for.</summary>
    public static IReadOnlyList<Expression> Panels { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(PathOf("deploy/observability/grafana/provisioning/dashboards/recado.json")))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => new Expression((string)target!["expr"]!)),
    ];

    /// <summary>The names of all instruments that the services' source makes.</summary>
    public static IReadOnlyList<string> Instruments { get; } =
    [
        .. Directory.EnumerateFiles(PathOf("services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that the document for operators explains.</summary>
    public static IReadOnlyList<string> Explained { get; } =
        [.. ExplainedLine().Matches(File.ReadAllText(PathOf("deploy/observability/README.md"))).Select(match => match.Groups["name"].Value)];

    private static string PathOf(string path) => Path.Combine(ServiceProcess.RepositoryRoot, path);

    [GeneratedRegex(@"- alert: (?<name>\w+)\n\s+expr:\s*(?<expression>(?s:.*?))\n\s+(?:for: \w+\n\s+)?labels:\n\s+severity: (?<severity>\w+)\n(?s:.*?)runbook: (?<runbook>\S+)\n")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\| `(?<name>recado\.[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedLine();

    [GeneratedRegex("""(?:Counter|Seconds|Gauge)(?:<\w+>)?\("(?<name>recado\.[^"]+)"[,)]""")]
    private static partial Regex Instrument();
}
