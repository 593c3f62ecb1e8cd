using System.Diagnostics.CodeAnalysis;
using Recado.Contracts;

namespace Recado.TemplateRenderer;

/// <summary>A finished message, or why there is none.</summary>
public sealed record RenderResult
{
    private RenderResult() { }

    /// <summary>The template that gave the result: the one asked for, or one it fell back to.</summary>
    public required string Template { get; init; }

    /// <summary>The message; null when it could not be made.</summary>
    public MessageContent? Content { get; private init; }

    /// <summary><see cref="Reasons.MissingValue"/>, <see cref="Reasons.InvalidValue"/> or <see cref="Reasons.UnknownTemplate"/>.</summary>
    public string? Reason { get; private init; }

    /// <summary>The variable, the part of the template or the template's name that it is about; never a value.</summary>
    public string? Detail { get; private init; }

    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(false, nameof(Reason), nameof(Detail))]
    public bool Succeeded => Content is not null;

    internal static RenderResult Rendered(string template, MessageContent content) =>
        new() { Template = template, Content = content };

    internal static RenderResult Failed(string template, string reason, string detail) =>
        new() { Template = template, Reason = reason, Detail = detail };
}
