namespace Recado.TemplateRenderer;

/// <summary>All the texts of a template that may hold placeholders, each with the name of its member.</summary>
internal static class TemplateTexts
{
    public static IEnumerable<(string Member, string Text)> Of(Template template)
    {
        (string, string?)[] texts =
        [
            ("title", template.Title), ("body", template.Body), ("footer", template.Footer),
            ("mediaUrl", template.MediaUrl), ("fileName", template.FileName),
            ("link.url", template.Link?.Url), ("link.title", template.Link?.Title),
            ("link.description", template.Link?.Description), ("link.imageUrl", template.Link?.ImageUrl),
            .. template.Buttons.SelectMany(Of),
            ("code", template.Code), ("codeLabel", template.CodeLabel),
        ];
        foreach (var (member, text) in texts)
            if (!string.IsNullOrEmpty(text)) yield return (member, text);
    }

    /// <summary>What stands between the braces, of all texts.</summary>
    public static IEnumerable<string> Placeholders(Template template)
    {
        foreach (var (_, text) in Of(template))
        {
            _ = TemplateRenderer.Placeholders.TrySplit(text, out var segments);
            foreach (var segment in segments)
                if (segment.IsPlaceholder) yield return segment.Text;
        }
    }

    private static IEnumerable<(string, string?)> Of(TemplateButton button) =>
    [
        ("buttons.label", button.Label), ("buttons.id", button.Id), ("buttons.url", button.Url), ("buttons.phone", button.Phone),
    ];
}
