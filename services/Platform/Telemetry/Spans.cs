using System.Diagnostics;

namespace Recado.Platform.Telemetry;

/// <summary>Recado's own spans.</summary>
public static class Spans
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string SourceName = "Recado";

    /// <summary>Starts them.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>A context as it is stored beside a row, W3C traceparent; null for none.</summary>
    public static string? ToTraceparent(this ActivityContext context) => context == default
        ? null
        : $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>The context that was stored beside a row.</summary>
    public static ActivityContext FromTraceparent(string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? context : default;
}
