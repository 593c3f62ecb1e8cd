using System.Diagnostics;

namespace Recado.Platform.Telemetry;

/// <summary>Recado's own spans. While nobody listens there are none (null), and asking for one makes nothing.</summary>
public static class Spans
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string SourceName = "Recado";

    /// <summary>
    /// Under this name a span knows the address without its values (<c>/instances/{instance}/send-text</c>) to which the
    /// HTTP request within it goes: .NET's own span of the request cannot be told.
    /// </summary>
    public const string UrlTemplate = "recado.url.template";

    /// <summary>Starts them.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of a step within the process, in the trace whose context was stored.</summary>
    public static Activity? Start(string name, string? traceparent) =>
        Source.HasListeners() ? Source.StartActivity(name, ActivityKind.Internal, FromTraceparent(traceparent)) : null;

    /// <summary>The span of what is done for several at once, linked to each. A trace of its own, but for a single one in the trace of that.</summary>
    public static Activity? StartBatch<T>(string name, IReadOnlyCollection<T> items, Func<T, ActivityContext> traceOf, ActivityKind kind = ActivityKind.Internal)
    {
        if (!Source.HasListeners())
            return null;
        var traces = items.Select(traceOf).Where(trace => trace != default).ToList();
        return items.Count == 1 && traces.Count == 1
            ? Source.StartActivity(name, kind, traces[0])
            : Source.StartActivity(name, kind, default(ActivityContext), links: traces.Select(trace => new ActivityLink(trace)));
    }

    /// <summary>It ended in an error, of this kind: a code or the name of a type, never a text. Kept, with all that it causes from now on.</summary>
    public static void Fail(this Activity? span, string kind)
    {
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", kind);
        span?.Keep();
    }

    /// <inheritdoc cref="Fail(Activity?, string)"/>
    public static void Fail(this Activity? span, Exception exception) => span.Fail(exception.GetType().FullName!);

    /// <summary>Whatever the ratio: the span and those around it in this process. Contexts taken from it from now on carry that along.</summary>
    internal static void Keep(this Activity span)
    {
        for (var each = span; each is not null; each = each.Parent)
            each.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
    }

    /// <summary>For a line in the log where no span is: it then tells the trace. Null where there is none.</summary>
    public static Activity? Resume(string? traceparent) => FromTraceparent(traceparent) is var trace && trace == default
        ? null
        : new Activity("log").SetParentId(trace.TraceId, trace.SpanId, trace.TraceFlags).Start();

    /// <summary>A context as it is stored beside a row, W3C traceparent; null for none.</summary>
    public static string? ToTraceparent(this ActivityContext context) => context == default
        ? null
        : $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>The context that was stored beside a row.</summary>
    public static ActivityContext FromTraceparent(string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? context : default;

    /// <summary>By which people find the trace, 32 hexadecimal digits; null for none.</summary>
    public static string? Id(this ActivityContext context) => context == default ? null : context.TraceId.ToString();
}
