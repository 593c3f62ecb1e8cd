namespace Recado.TemplateRenderer.Values;

/// <summary>What a variable gave: a text that is safe to send, nothing, or something that must not be sent.</summary>
internal readonly record struct Value(string? Text, bool IsValid)
{
    public static readonly Value Missing = new(null, true);
    public static readonly Value Invalid = new(null, false);

    public static Value Of(string? text) => new(text, true);
}
