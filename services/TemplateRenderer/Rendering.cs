using Recado.Contracts;
using Recado.TemplateRenderer.Values;

namespace Recado.TemplateRenderer;

/// <summary>Makes messages from templates and events. Pure: the same input always gives the same message, and no input throws.</summary>
public static class Rendering
{
    /// <summary>How many templates are tried for one message, so that a ring of <see cref="Template.Otherwise"/> ends.</summary>
    private const int MostTemplates = 8;

    /// <summary>
    /// Renders the named template; where a value is missing, invalid or held back, the template it names as
    /// <see cref="Template.Otherwise"/>, and so on. The reason given is that of the first that held a value back, else that
    /// of the last one tried.
    /// </summary>
    /// <param name="templates">The store's templates by name; null for one it does not have.</param>
    /// <param name="now">Codes and links whose time is over by then are not sent.</param>
    public static RenderResult Render(string name, Func<string, Template?> templates, CommerceEvent e, StoreProfile store, DateTimeOffset now)
    {
        RenderResult? heldBack = null;
        for (var tried = 1; ; tried++)
        {
            if (templates(name) is not { } template) return RenderResult.Failed(name, Reasons.UnknownTemplate, name);
            var result = Render(template, e, store, now);
            if (result.HeldBack) heldBack ??= result;
            if (result.Succeeded || template.Otherwise is not { } otherwise || tried == MostTemplates)
                return heldBack is null ? result : result.After(heldBack);
            name = otherwise;
        }
    }

    /// <summary>Renders one template, without falling back to another.</summary>
    public static RenderResult Render(Template template, CommerceEvent e, StoreProfile store, DateTimeOffset now)
    {
        var filling = new Filling(template, new Facts(e, store, now));
        var content = Fill(template, filling);
        if (filling.Reason is null) Check(content, filling);
        return filling.Reason is { } reason
            ? RenderResult.Failed(template.Name, reason, filling.Detail!)
            : RenderResult.Rendered(template.Name, content, filling.ValidUntil);
    }

    private static MessageContent Fill(Template template, Filling filling) => new()
    {
        Kind = template.Kind,
        Title = filling.Text(template.Title, "title"),
        Text = filling.Text(template.Body, "body") ?? "",
        Footer = filling.Text(template.Footer, "footer"),
        MediaUrl = filling.Url(template.MediaUrl, "mediaUrl"),
        FileName = filling.Text(template.FileName, "fileName"),
        Link = template.Link is { } link ? Fill(link, filling) : null,
        Buttons = [.. template.Buttons.Select(button => Fill(button, filling))],
        Code = filling.Text(template.Code, "code"),
        CodeLabel = filling.Text(template.CodeLabel, "codeLabel"),
    };

    private static LinkPreview Fill(TemplateLink link, Filling filling) => new()
    {
        Url = filling.Url(link.Url, "link.url") ?? "",
        Title = filling.Text(link.Title, "link.title") ?? "",
        Description = filling.Text(link.Description, "link.description"),
        ImageUrl = filling.Url(link.ImageUrl, "link.imageUrl"),
    };

    private static MessageButton Fill(TemplateButton button, Filling filling) => new()
    {
        Type = button.Type,
        Label = filling.Text(button.Label, "buttons.label") ?? "",
        Id = filling.Text(button.Id, "buttons.id"),
        Url = filling.Url(button.Url, "buttons.url"),
        Phone = filling.Text(button.Phone, "buttons.phone"),
    };

    /// <summary>Holds the message to its kind, whatever the template was.</summary>
    private static void Check(MessageContent content, Filling filling)
    {
        if (string.IsNullOrWhiteSpace(content.Text)) filling.Fail(Reasons.MissingValue, "body");
        else if (content.Text.Length > TemplateLimits.MessageText) filling.Fail(Reasons.InvalidValue, "body");
        else if (MissingPart(content) is { } part) filling.Fail(Reasons.MissingValue, part);
        else if (content.FileName is { } file && !TemplateLimits.IsFileName(file)) filling.Fail(Reasons.InvalidValue, "fileName");
        else if (content.Link is { } link && !content.Text.EndsWith(link.Url, StringComparison.Ordinal))
            filling.Fail(Reasons.InvalidValue, "body");
    }

    private static string? MissingPart(MessageContent content) => content.Kind switch
    {
        MessageKinds.Text => null,
        MessageKinds.Image => content.MediaUrl is null ? "mediaUrl" : null,
        MessageKinds.Document => content.MediaUrl is null ? "mediaUrl" : content.FileName is null ? "fileName" : null,
        MessageKinds.Link => content.Link is not { Url: not "", Title: not "" } ? "link" : null,
        MessageKinds.ButtonActions => content.Buttons is [] || content.Buttons.Any(button => button.Label is "") ? "buttons" : null,
        MessageKinds.ButtonOtp => content.Code is null ? "code" : null,
        _ => "kind",
    };
}
