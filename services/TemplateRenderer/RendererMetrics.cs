using System.Diagnostics.Metrics;
using Recado.Contracts;
using Recado.Platform.Telemetry;

namespace Recado.TemplateRenderer;

/// <summary>How many messages got their text, and why others did not.</summary>
internal static class RendererMetrics
{
    private static readonly Counter<long> Rendered = Instruments.Counter("recado.messages.rendered", "{message}", "Messages whose text was made, or could not be.");

    public static void Begin() => Render([(MessageStatuses.Rendered, null)], 0);

    /// <summary>They are committed: <c>rendered</c> or <c>failed</c>, each with one of <see cref="Reasons"/> where there is one.</summary>
    public static void Render(IEnumerable<(string Outcome, string? Reason)> messages) => Render(messages, 1);

    private static void Render(IEnumerable<(string Outcome, string? Reason)> messages, long each)
    {
        foreach (var ((outcome, reason), count) in messages.CountBy(message => message))
            Rendered.Add(count * each, Instruments.Tag("outcome", outcome), Instruments.Tag("reason", reason ?? "none"));
    }
}
