using Recado.Contracts;

namespace Recado.TemplateRenderer;

/// <summary>
/// A message of a store with holes in it. Every text member may hold placeholders: <c>{{1}}</c>, bound by
/// <see cref="Variables"/>, or <c>{{customer.first_name}}</c>, one of <see cref="Values.Variables"/>.
/// Read from the bundle as camel case JSON; <see cref="TemplateLint"/> says what is wrong with one.
/// </summary>
public sealed record Template
{
    /// <summary>Unique in the store, kebab case, for example <c>cart-recovery-1h</c>.</summary>
    public required string Name { get; init => field = value ?? ""; }

    /// <summary>As WhatsApp writes it: <c>pt_BR</c>.</summary>
    public string Language { get; init => field = value ?? ""; } = "pt_BR";

    /// <summary><c>marketing</c> or <c>utility</c>, the classes by which WhatsApp bills and limits.</summary>
    public string Category { get; init => field = value ?? ""; } = "utility";

    /// <summary>One of <see cref="MessageKinds"/>.</summary>
    public string Kind { get; init => field = value ?? ""; } = MessageKinds.Text;

    /// <summary>Above the text, at most 60 characters. Only with buttons.</summary>
    public string? Title { get; init; }

    /// <summary>The text, at most 1024 characters before values are filled in.</summary>
    public required string Body { get; init => field = value ?? ""; }

    /// <summary>Below the text, at most 60 characters. Only with buttons.</summary>
    public string? Footer { get; init; }

    /// <summary>What the positional placeholders mean: <c>{{1}}</c> is the first.</summary>
    public IReadOnlyList<string> Variables { get; init => field = [.. (value ?? []).Select(name => name ?? "")]; } = [];

    /// <summary>Variable to the text that stands in for it when the event has no value. It is not expanded.</summary>
    public IReadOnlyDictionary<string, string> Fallbacks { get; init => field = value ?? new Dictionary<string, string>(); } =
        new Dictionary<string, string>();

    /// <summary>The template to use instead when a value of this one is missing, invalid or held back.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Image or document, https.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>For documents, with its extension.</summary>
    public string? FileName { get; init; }

    /// <summary>The card under the text of a <see cref="MessageKinds.Link"/>; the body ends with its URL.</summary>
    public TemplateLink? Link { get; init; }

    /// <summary>At most three; <c>REPLY</c> is not mixed with <c>URL</c> and <c>CALL</c>.</summary>
    public IReadOnlyList<TemplateButton> Buttons { get; init => field = [.. (value ?? []).OfType<TemplateButton>()]; } = [];

    /// <summary>What the copy button of a <see cref="MessageKinds.ButtonOtp"/> copies.</summary>
    public string? Code { get; init; }

    /// <summary>Label of the copy button; null leaves the gateway's own.</summary>
    public string? CodeLabel { get; init; }

    /// <summary>The variable that a placeholder stands for; null when its position has none.</summary>
    internal string? VariableOf(string placeholder)
    {
        if (placeholder.Length == 0 || !placeholder.All(char.IsAsciiDigit)) return placeholder;
        return int.TryParse(placeholder, out var position) && position >= 1 && position <= Variables.Count
            ? Variables[position - 1]
            : null;
    }
}

/// <summary>The card of a link message.</summary>
public sealed record TemplateLink
{
    public required string Url { get; init => field = value ?? ""; }
    public required string Title { get; init => field = value ?? ""; }
    public string? Description { get; init; }
    public string? ImageUrl { get; init; }
}

/// <summary>A button under the text.</summary>
public sealed record TemplateButton
{
    /// <summary><c>URL</c>, <c>CALL</c> or <c>REPLY</c>.</summary>
    public required string Type { get; init => field = value ?? ""; }

    /// <summary>At most 25 characters.</summary>
    public required string Label { get; init => field = value ?? ""; }
    public string? Id { get; init; }
    public string? Url { get; init; }

    /// <summary>E.164 with the plus sign.</summary>
    public string? Phone { get; init; }
}
