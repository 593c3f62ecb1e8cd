using System.Text.RegularExpressions;

namespace Recado.Tests.Observability;

/// <summary>What a PromQL expression asks for. Not a parser: it knows what our dashboard and our rules are made of.</summary>
internal sealed partial class Expression
{
    private static readonly string[] Words = ["and", "or", "unless", "offset", "bool"];
    private readonly List<(string Series, string Label)> _matched = [];
    private readonly List<string> _grouped = [];

    public Expression(string text)
    {
        Text = text;
        foreach (Match selector in Selector().Matches(text))
            foreach (Match matcher in Matcher().Matches(Quoted().Replace(selector.Groups["matchers"].Value, "\"\"")))
                _matched.Add((selector.Groups["name"].Value, matcher.Groups["label"].Value));
        var bare = Braces().Replace(Quoted().Replace(text, ""), "");
        foreach (Match grouping in Grouping().Matches(bare))
            _grouped.AddRange(grouping.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Series = [.. Name().Matches(Range().Replace(Grouping().Replace(bare, " "), "")).Select(match => match.Value).Except(Words)];
    }

    public string Text { get; }

    /// <summary>The metrics that it names.</summary>
    public IReadOnlyList<string> Series { get; }

    /// <summary>What it names and is not there: metrics, and labels that none of its metrics has.</summary>
    /// <param name="known">The labels of every series.</param>
    public IEnumerable<string> Unknown(ILookup<string, string> known) =>
    [
        .. Series.Where(series => !known.Contains(series)),
        .. _matched.Where(each => !known[each.Series].Contains(each.Label)).Select(each => $"{each.Series}{{{each.Label}}}"),
        .. _grouped.Where(label => !Series.Any(series => known[series].Contains(label))).Select(label => $"by ({label})"),
    ];

    [GeneratedRegex("""(?<name>[a-zA-Z_]\w*)\{(?<matchers>(?:[^"}]|"[^"]*")*)\}""")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Matcher();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b[a-zA-Z_]\w*\b(?!\s*\()")]
    private static partial Regex Name();
}
