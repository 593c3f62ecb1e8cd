using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Recado.Platform.Telemetry;

/// <summary>
/// The choice at the start of a span: exported for certain ("recorded", the flag in its traceparent), or written down in
/// memory until <see cref="KeptTraces"/> knows its end. The share is chosen by the trace's id, so all services choose the
/// same traces. What is marked as recorded stays so down the line, over the bus and over days: that is how an error keeps
/// all that it causes. Not so what comes in over HTTP, whose callers do not decide what is kept here.
/// </summary>
public sealed class TraceRatio(double ratio) : OpenTelemetry.Trace.Sampler
{
    private static readonly SamplingResult Nothing = new(SamplingDecision.Drop);
    private static readonly SamplingResult InMemory = new(SamplingDecision.RecordOnly);
    private static readonly SamplingResult ForCertain = new(SamplingDecision.RecordAndSample);

    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        // What a probe causes is not recorded, as the probe is not (ServerSpans).
        if (Activity.Current is { IsAllDataRequested: false } around && around.SpanId == samplingParameters.ParentContext.SpanId)
            return Nothing;
        var marked = samplingParameters.Kind != ActivityKind.Server && samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return marked || _share.ShouldSample(samplingParameters).Decision == SamplingDecision.RecordAndSample ? ForCertain : InMemory;
    }
}
