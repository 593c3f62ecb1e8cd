using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>What a variable gave: a text that is safe to send, nothing, or a refusal of something that must not be sent.</summary>
/// <param name="Refusal">One of <see cref="Reasons"/>; null where there is a text or nothing.</param>
/// <param name="Problem">More about the refusal, never the value: <c>checksum</c>.</param>
/// <param name="Until">After this the text is worth nothing; null for one that lasts.</param>
internal readonly record struct Value(string? Text, string? Refusal = null, string? Problem = null, DateTimeOffset? Until = null)
{
    public static readonly Value Missing = new(null);
    public static readonly Value Invalid = new(null, Reasons.InvalidValue);

    public static Value Of(string? text) => new(text);

    public static Value Refused(string reason, string? problem = null) => new(null, reason, problem);
}
