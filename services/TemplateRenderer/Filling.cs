using System.Text;
using Recado.Contracts;
using Recado.TemplateRenderer.Values;

namespace Recado.TemplateRenderer;

/// <summary>Fills the texts of one template from one event, and remembers the first thing that went wrong.</summary>
internal sealed class Filling(Template template, Facts facts)
{
    public string? Reason { get; private set; }

    /// <summary>The variable, or the member of the template.</summary>
    public string? Detail { get; private set; }

    /// <summary>When the first of the values that were used is worth nothing any more; null when all last.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    public void Fail(string reason, string detail)
    {
        if (Reason is not null) return;
        (Reason, Detail) = (reason, detail);
    }

    /// <summary>The text with its values; null when there is no text or it cannot be filled. Values are never expanded again.</summary>
    public string? Text(string? text, string member)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!Placeholders.TrySplit(text, out var segments))
        {
            Fail(Reasons.InvalidValue, member);
            return null;
        }
        var filled = new StringBuilder();
        foreach (var segment in segments)
        {
            if ((segment.IsPlaceholder ? ValueOf(segment.Text) : segment.Text) is not { } piece) return null;
            filled.Append(piece);
        }
        return filled.ToString();
    }

    /// <summary>Likewise, for an address.</summary>
    public string? Url(string? text, string member)
    {
        var url = Text(text, member);
        if (url is null || HttpsLink.IsSafe(url)) return url;
        Fail(Reasons.InvalidValue, member);
        return null;
    }

    private string? ValueOf(string placeholder)
    {
        var name = template.VariableOf(placeholder) ?? placeholder;
        var value = Variables.Find(name)?.Read(facts) ?? Value.Missing;
        if (value.Refusal is { } refusal) Fail(refusal, value.Problem is { } problem ? $"{name} {problem}" : name);
        else if (FallbackFor(name, value) is { } text)
        {
            if (value.Text is not null && value.Until < (ValidUntil ?? DateTimeOffset.MaxValue)) ValidUntil = value.Until;
            return text;
        }
        else Fail(Reasons.MissingValue, name);
        return null;
    }

    private string? FallbackFor(string name, Value value) =>
        value.Text ?? (template.Fallbacks.TryGetValue(name, out var own) && !string.IsNullOrWhiteSpace(own)
            ? own
            : Variables.Find(name)?.Fallback);
}
