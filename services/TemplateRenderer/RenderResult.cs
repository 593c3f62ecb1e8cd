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

    /// <summary>After this the message is worth nothing, for a link or a code in it has ended; null when all of it lasts.</summary>
    public DateTimeOffset? ValidUntil { get; private init; }

    /// <summary>
    /// Why there is no message: one of the rendering <see cref="Reasons"/>. Where there is one, why a template before it
    /// held a value back; null where the first one did, or only lacked a value.
    /// </summary>
    public string? Reason { get; private init; }

    /// <summary>The variable, the part of the template or the template's name that the reason is about; never a value.</summary>
    public string? Detail { get; private init; }

    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(false, nameof(Reason), nameof(Detail))]
    public bool Succeeded => Content is not null;

    /// <summary>There was a value, and it must not be sent: that says more than what was missing elsewhere.</summary>
    internal bool HeldBack => Reason is Reasons.CodeNotPayable or Reasons.LinkNotAllowed or Reasons.LinkExpired;

    internal static RenderResult Rendered(string template, MessageContent content, DateTimeOffset? validUntil) =>
        new() { Template = template, Content = content, ValidUntil = validUntil };

    /// <summary>The same result, with what an earlier template held back as its reason.</summary>
    internal RenderResult After(RenderResult heldBack) => this with { Reason = heldBack.Reason, Detail = heldBack.Detail };

    internal static RenderResult Failed(string template, string reason, string detail) =>
        new() { Template = template, Reason = reason, Detail = detail };
}
