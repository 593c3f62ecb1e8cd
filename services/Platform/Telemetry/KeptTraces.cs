using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;

namespace Recado.Platform.Telemetry;

/// <summary>
/// The choice at the end, for spans that <see cref="TraceRatio"/> did not choose. A service's part of a trace is many small
/// trees (a request with its queries, the handling of a message, a send with its HTTP request), and each is decided when
/// its root ends: kept if anything in it failed or was slow, else forgotten. Its children wait for that in memory.
/// What an error causes afterwards is kept too, here and in the services behind, by the mark that its context carries
/// (<see cref="Spans.Fail(Activity?, string)"/>); what happened before it elsewhere is gone, unless the ratio had chosen it.
/// </summary>
/// <remarks>
/// The SDK adds further processors, the exporter among them, to one that is a composite already: they stand behind this
/// choice. (Checked by tests: nothing is exported that was not chosen.)
/// </remarks>
/// <param name="slow">A span that lasts as long is slow.</param>
/// <param name="processors">What is done with spans that are kept, before they are exported.</param>
public sealed class KeptTraces(TimeSpan slow, params IEnumerable<BaseProcessor<Activity>> processors) : CompositeProcessor<Activity>(processors)
{
    // Of one tree; a batch has some dozens. What is beyond that is lost, if the tree turns out to be kept.
    private const int MostWaiting = 500;

    private readonly ConditionalWeakTable<Activity, ConcurrentQueue<Activity>> _waiting = new();

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Error || data.Duration >= slow)
            data.Keep();
        var root = RootOf(data);
        if (!root.Recorded && root != data)
            Wait(data, root);
        else if (root.Recorded)
            Export(data);
        // Once more after the waiting: the root may have ended meanwhile.
        if (root.Recorded && _waiting.TryGetValue(root, out var children))
            while (children.TryDequeue(out var child))
                Export(child);
    }

    private void Wait(Activity child, Activity root)
    {
        var children = _waiting.GetOrCreateValue(root);
        if (children.Count < MostWaiting)
            children.Enqueue(child);
    }

    private void Export(Activity span)
    {
        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded; // or the exporter would leave it out
        base.OnEnd(span);
    }

    private static Activity RootOf(Activity span)
    {
        while (span.Parent is { } parent)
            span = parent;
        return span;
    }
}
