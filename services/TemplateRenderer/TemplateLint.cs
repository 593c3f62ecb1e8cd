using System.Text.RegularExpressions;
using Recado.Contracts;
using Recado.TemplateRenderer.Values;

namespace Recado.TemplateRenderer;

/// <summary>
/// Finds what is wrong with templates before a message depends on them. A store with a problem is refused as a whole.
/// Each problem is one sentence that names the template.
/// </summary>
public static partial class TemplateLint
{
    /// <summary>Problems of one template by itself; empty when it is sound.</summary>
    public static IReadOnlyList<string> Check(Template template) =>
    [
        .. Frame(template).Concat(Placed(template)).Concat(Bound(template)).Concat(KindLint.Check(template))
            .Select(problem => Sentence(template.Name, problem)),
    ];

    /// <summary>Problems of all templates of a store, also those between them: names given twice, alternatives that are missing or go in a ring.</summary>
    public static IReadOnlyList<string> CheckAll(IReadOnlyCollection<Template> templates)
    {
        var byName = templates.DistinctBy(template => template.Name).ToDictionary(template => template.Name);
        var twice = templates.GroupBy(template => template.Name).Where(same => same.Count() > 1);
        var unknown = templates.Where(template => template.Otherwise is { } other && !byName.ContainsKey(other));
        var rings = byName.Values.Where(template => IsInRing(template, byName));
        return
        [
            .. templates.SelectMany(Check),
            .. twice.Select(same => Sentence(same.Key, "the name is used twice")),
            .. unknown.Select(template => Sentence(template.Name, $"otherwise names '{template.Otherwise}', which does not exist")),
            .. rings.Select(template => Sentence(template.Name, "otherwise leads back to the template itself")),
        ];
    }

    private static string Sentence(string name, string problem) => $"Template '{name}': {problem}.";

    private static bool IsInRing(Template start, Dictionary<string, Template> byName)
    {
        var next = start.Otherwise;
        for (var steps = 0; next is not null && steps < byName.Count; steps++)
        {
            if (next == start.Name) return true;
            next = byName.GetValueOrDefault(next)?.Otherwise;
        }
        return false;
    }

    private static IEnumerable<string> Frame(Template template)
    {
        if (!TemplateLimits.IsTemplateName(template.Name)) yield return "the name is not in kebab case";
        if (!Language().IsMatch(template.Language)) yield return "the language is not written like pt_BR";
        if (template.Category is not ("marketing" or "utility")) yield return "the category is neither marketing nor utility";
        if (string.IsNullOrWhiteSpace(template.Body)) yield return "the body is empty";
        if (template.Body.Length > TemplateLimits.Body) yield return $"the body has more than {TemplateLimits.Body} characters";
        if (template.Title?.Length > TemplateLimits.TitleOrFooter)
            yield return $"the title has more than {TemplateLimits.TitleOrFooter} characters";
        if (template.Footer?.Length > TemplateLimits.TitleOrFooter)
            yield return $"the footer has more than {TemplateLimits.TitleOrFooter} characters";
    }

    /// <summary>Every placeholder must mean something.</summary>
    private static IEnumerable<string> Placed(Template template)
    {
        foreach (var (member, text) in TemplateTexts.Of(template))
        {
            if (!Placeholders.TrySplit(text, out var segments)) yield return $"{member} has braces that do not match";
            foreach (var placeholder in segments.Where(segment => segment.IsPlaceholder).Select(segment => segment.Text))
            {
                var variable = template.VariableOf(placeholder);
                if (variable is null) yield return $"{member} has {{{{{placeholder}}}}}, which variables does not bind";
                else if (placeholder == variable && Variables.Find(variable) is null)
                    yield return $"{member} has {{{{{placeholder}}}}}, an unknown variable";
            }
        }
    }

    /// <summary>Every binding and fallback must be of use.</summary>
    private static IEnumerable<string> Bound(Template template)
    {
        var placed = TemplateTexts.Placeholders(template).ToHashSet();
        var meant = placed.Select(template.VariableOf).ToHashSet();
        for (var i = 0; i < template.Variables.Count; i++)
        {
            if (Variables.Find(template.Variables[i]) is null) yield return $"variables has '{template.Variables[i]}', an unknown variable";
            else if (!placed.Contains($"{i + 1}")) yield return $"variables has '{template.Variables[i]}', but no text has {{{{{i + 1}}}}}";
        }
        foreach (var (name, text) in template.Fallbacks)
        {
            if (!meant.Contains(name)) yield return $"fallbacks has '{name}', which no text uses";
            if (string.IsNullOrWhiteSpace(text)) yield return $"the fallback of '{name}' is empty";
            else if (text.Contains("{{", StringComparison.Ordinal)) yield return $"the fallback of '{name}' has a placeholder, which is not expanded";
            else if (Variables.Find(name)?.Type == VariableType.Url && !HttpsLink.IsSafe(text))
                yield return $"the fallback of '{name}' is not an https address";
        }
    }

    [GeneratedRegex(@"^[a-z]{2}(_[A-Z]{2})?\z")]
    private static partial Regex Language();
}
