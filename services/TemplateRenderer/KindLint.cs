using System.Text.RegularExpressions;
using Recado.Contracts;
using Recado.TemplateRenderer.Values;

namespace Recado.TemplateRenderer;

/// <summary>Each kind of message has its parts, and no part without its kind: the gateway would drop it silently.</summary>
internal static partial class KindLint
{
    private static readonly string[] Kinds =
        [MessageKinds.Text, MessageKinds.Image, MessageKinds.Document, MessageKinds.Link, MessageKinds.ButtonActions, MessageKinds.ButtonOtp];

    public static IEnumerable<string> Check(Template template)
    {
        if (!Kinds.Contains(template.Kind)) return [$"'{template.Kind}' is no kind of message"];
        return Parts(template).Concat(Link(template)).Concat(Buttons(template)).Concat(Addresses(template)).Concat(Code(template));
    }

    private static IEnumerable<string> Parts(Template template)
    {
        (string Part, bool Present, string[] Kinds)[] parts =
        [
            ("mediaUrl", !string.IsNullOrEmpty(template.MediaUrl), [MessageKinds.Image, MessageKinds.Document]),
            ("fileName", !string.IsNullOrEmpty(template.FileName), [MessageKinds.Document]),
            ("link", template.Link is not null, [MessageKinds.Link]),
            ("buttons", template.Buttons is not [], [MessageKinds.ButtonActions]),
            ("code", !string.IsNullOrEmpty(template.Code), [MessageKinds.ButtonOtp]),
        ];
        foreach (var (part, present, kinds) in parts)
        {
            if (!present && kinds.Contains(template.Kind)) yield return $"kind {template.Kind} needs {part}";
            if (present && !kinds.Contains(template.Kind)) yield return $"kind {template.Kind} does not show {part}";
        }
        if (template is { CodeLabel: not null, Kind: not MessageKinds.ButtonOtp }) yield return $"kind {template.Kind} does not show codeLabel";
        if (template.Kind != MessageKinds.ButtonActions && (template.Title ?? template.Footer) is not null)
            yield return $"kind {template.Kind} does not show title and footer";
    }

    private static IEnumerable<string> Link(Template template)
    {
        if (template is not { Kind: MessageKinds.Link, Link: { } link }) yield break;
        if (link.Url.Length == 0 || string.IsNullOrWhiteSpace(link.Title) || string.IsNullOrWhiteSpace(link.Description) || string.IsNullOrEmpty(link.ImageUrl))
            yield return "link needs url, title, description and imageUrl: the gateway refuses it without";
        else if (!Named(template, template.Body).EndsWith(Named(template, link.Url), StringComparison.Ordinal))
            yield return "the body does not end with the link's url";
    }

    private static IEnumerable<string> Buttons(Template template)
    {
        var buttons = template.Buttons;
        if (buttons.Count > TemplateLimits.Buttons) yield return $"there are more than {TemplateLimits.Buttons} buttons";
        if (buttons.Any(button => button.Type == "REPLY") && buttons.Any(button => button.Type is "URL" or "CALL"))
            yield return "REPLY buttons are mixed with URL or CALL buttons";
        foreach (var button in buttons)
        {
            if (string.IsNullOrWhiteSpace(button.Label)) yield return "a button has no label";
            if (button.Label.Length > TemplateLimits.ButtonLabel)
                yield return $"a button's label has more than {TemplateLimits.ButtonLabel} characters";
            if (button.Type is not ("REPLY" or "URL" or "CALL")) yield return $"'{button.Type}' is no type of button";
            if (button.Type == "URL" && string.IsNullOrEmpty(button.Url)) yield return "a URL button has no url";
            if (button.Type == "CALL" && !Phone().IsMatch(button.Phone ?? "")) yield return "a CALL button has no phone like +5511987654321";
        }
    }

    /// <summary>An address is an https address whose host stands in the template, or one variable that is an address.</summary>
    private static IEnumerable<string> Addresses(Template template) =>
        TemplateTexts.Of(template)
            .Where(text => text.Member is "mediaUrl" or "link.url" or "link.imageUrl" or "buttons.url")
            .Where(text => OnlyVariable(template, text.Text)?.Type != VariableType.Url
                && !HttpsLink.IsSafe(AnyPlaceholder().Replace(text.Text, match => IsInPath(text.Text, match.Index) ? "x" : "{}")))
            .Select(text => $"{text.Member} is not an https address");

    private static bool IsInPath(string text, int at) => at > "https://".Length && text.AsSpan("https://".Length..at).IndexOfAny("/?#") >= 0;

    /// <summary>Other types are cleaned or cut on the way, and a wrong code is worse than none.</summary>
    private static IEnumerable<string> Code(Template template)
    {
        if (template.Code is { } code && code.Contains("{{", StringComparison.Ordinal)
            && OnlyVariable(template, code)?.Type != VariableType.Code)
            yield return "code is not one variable that is a code";
    }

    private static Variable? OnlyVariable(Template template, string text) =>
        Placeholders.TrySplit(text, out var segments) && segments is [{ IsPlaceholder: true, Text: var placeholder }]
        && template.VariableOf(placeholder) is { } name
            ? Variables.Find(name)
            : null;

    /// <summary>With the variables' names in place of their positions, so that {{4}} and {{links.checkout}} compare equal.</summary>
    private static string Named(Template template, string text) =>
        Placeholders.TrySplit(text, out var segments)
            ? string.Concat(segments.Select(segment => segment.IsPlaceholder ? $"{{{{{template.VariableOf(segment.Text)}}}}}" : segment.Text))
            : text;

    [GeneratedRegex(@"^\+[1-9][0-9]{7,14}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex AnyPlaceholder();
}
