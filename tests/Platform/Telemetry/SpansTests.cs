using System.Diagnostics;
using Recado.Platform.Telemetry;

namespace Recado.Tests.Platform.Telemetry;

public sealed class SpansTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    private static readonly ActivityContext[] Three = [Context(), Context(), Context()];

    [Test]
    public void While_nobody_listens_asking_for_spans_makes_nothing()
    {
        Assert.That(Spans.Source.HasListeners(), Is.False);
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Ask();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        static void Ask()
        {
            using var span = Spans.Start("step", Trace);
            using var batch = Spans.StartBatch("batch", Three, context => context);
            span.Fail("never");
        }
    }

    [Test]
    public void A_batch_is_linked_to_each_of_its_items_and_belongs_to_none()
    {
        using var listener = Listen();
        using var batch = Spans.StartBatch("batch", Three, context => context)!;

        Assert.That(batch.Links.Select(link => link.Context), Is.EqualTo(Three));
        Assert.That(batch.ParentId, Is.Null);
        Assert.That(Three.Select(context => context.TraceId), Has.None.EqualTo(batch.TraceId));
    }

    [Test]
    public void What_is_done_for_one_alone_belongs_to_its_trace()
    {
        using var listener = Listen();
        using var batch = Spans.StartBatch("batch", [Three[0]], context => context)!;

        Assert.That((batch.TraceId, batch.ParentSpanId), Is.EqualTo((Three[0].TraceId, Three[0].SpanId)));
        Assert.That(batch.Links, Is.Empty);
    }

    [Test]
    public void A_line_outside_of_any_span_can_tell_its_trace()
    {
        using (Spans.Resume(Trace))
            Assert.That(Activity.Current?.TraceId.ToString(), Is.EqualTo("0af7651916cd43dd8448eb211c80319c"));

        Assert.That(Activity.Current, Is.Null);
        Assert.That(Spans.Resume("nonsense"), Is.Null);
    }

    private static ActivityContext Context() => new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source == Spans.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
