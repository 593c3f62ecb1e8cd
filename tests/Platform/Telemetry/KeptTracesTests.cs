using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Recado.Platform.Telemetry;

namespace Recado.Tests.Platform.Telemetry;

/// <summary>What is exported and what is forgotten, by the SDK that the services use.</summary>
public sealed class KeptTracesTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(1);

    [Test]
    public void Of_a_trace_that_was_not_chosen_nothing_is_exported()
    {
        using var process = new Process(ratio: 0);
        using (process.Start("root"))
        using (process.Start("child"))
        {
        }

        Assert.That(process.Exported, Is.Empty);
    }

    [Test]
    public void An_error_keeps_all_that_is_around_it_in_spite_of_the_ratio()
    {
        using var process = new Process(ratio: 0);
        using (process.Start("root"))
        {
            using (process.Start("before"))
            using (process.Start("within"))
            {
            }
            using (var failing = process.Start("failing"))
                failing.Fail("no_answer");
            using (process.Start("after"))
            {
            }
        }
        using (process.Start("another root"))
        {
        }

        Assert.That(process.Exported, Is.EquivalentTo(new[] { "root", "before", "within", "failing", "after" }));
    }

    /// <summary>.NET's and Npgsql's spans know nothing of <see cref="Spans.Fail(Activity?, string)"/>.</summary>
    [Test]
    public void An_error_of_a_librarys_span_keeps_it_too()
    {
        using var process = new Process(ratio: 0);
        using (process.Start("root"))
        using (var request = process.Start("request"))
            request!.SetStatus(ActivityStatusCode.Error);

        Assert.That(process.Exported, Is.EquivalentTo(new[] { "root", "request" }));
    }

    [Test]
    public void An_error_that_shows_at_the_end_keeps_what_came_before_it()
    {
        using var process = new Process(ratio: 0);
        using (var root = process.Start("root"))
        {
            using (process.Start("request"))
            {
            }
            root.Fail("unclear_answer");
        }

        Assert.That(process.Exported, Is.EquivalentTo(new[] { "request", "root" }));
    }

    [Test]
    public void An_error_after_the_end_of_its_root_is_exported_once()
    {
        using var process = new Process(ratio: 0);
        var root = process.Start("root");
        var late = process.Start("late");
        root.Stop();
        late.Fail("failed");
        late.Stop();

        Assert.That(process.Exported, Is.EqualTo(new[] { "late" }));
    }

    [TestCase(59.9, 0)]
    [TestCase(60, 2)]
    public void Slow_is_what_lasts_as_long_as_was_set(double seconds, int exported)
    {
        using var process = new Process(ratio: 0);
        using (var root = process.Start("root"))
        {
            using (process.Start("child"))
            {
            }
            root.SetEndTime(root.StartTimeUtc.AddSeconds(seconds));
        }

        Assert.That(process.Exported, Has.Count.EqualTo(exported));
    }

    [Test]
    public void What_an_error_causes_in_another_process_is_kept_there_too_and_what_a_success_causes_is_not()
    {
        using var sender = new Process(ratio: 0);
        using var receiver = new Process(ratio: 0);
        string? ofSuccess, ofError;
        using (var send = sender.Start("send"))
        {
            ofSuccess = send.Context.ToTraceparent();
            send.Fail("gateway_rejected");
            ofError = send.Context.ToTraceparent();
        }
        foreach (var (name, trace) in new[] { ("success", ofSuccess), ("error", ofError) })
            using (receiver.Start(name, ActivityKind.Consumer, Spans.FromTraceparent(trace)))
            using (receiver.Start($"child of {name}"))
            {
            }

        Assert.That(receiver.Exported, Is.EquivalentTo(new[] { "error", "child of error" }));
    }

    [Test]
    public void A_caller_over_HTTP_cannot_have_its_traces_kept()
    {
        using var process = new Process(ratio: 0);
        using (process.Start("request", ActivityKind.Server, new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true)))
        {
        }

        Assert.That(process.Exported, Is.Empty);
    }

    [Test]
    public void A_caller_over_HTTP_cannot_have_its_traces_left_out()
    {
        using var process = new Process(ratio: 1);
        using (process.Start("request", ActivityKind.Server, new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true)))
        {
        }

        Assert.That(process.Exported, Is.EqualTo(new[] { "request" }));
    }

    [Test]
    public void All_processes_choose_the_same_traces()
    {
        using var one = new Process(ratio: 0.3);
        using var other = new Process(ratio: 0.3);
        for (var i = 0; i < 1000; i++)
        {
            var trace = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);
            foreach (var process in (Process[])[one, other])
                using (process.Start($"{i}", ActivityKind.Consumer, trace))
                {
                }
        }

        Assert.That(one.Exported, Is.EqualTo(other.Exported));
        Assert.That(one.Exported, Has.Count.InRange(200, 400));
    }

    [Test]
    public void What_a_probe_causes_is_no_more_recorded_than_the_probe()
    {
        using var process = new Process(ratio: 1);
        using (var probe = process.Start("probe", ActivityKind.Server))
        {
            (probe.IsAllDataRequested, probe.ActivityTraceFlags) = (false, ActivityTraceFlags.None);
            Assert.That(process.Source.StartActivity("query"), Is.Null);
        }

        Assert.That(process.Exported, Is.Empty);
    }

    /// <summary>As much as a service has: processors are added after the choice, as the exporter is.</summary>
    private sealed class Process : IDisposable
    {
        private readonly Exporter _exporter = new();
        private readonly TracerProvider _provider;

        public Process(double ratio)
        {
            Source = new($"test {Guid.NewGuid()}");
            _provider = Sdk.CreateTracerProviderBuilder().AddSource(Source.Name).SetSampler(new TraceRatio(ratio))
                .AddProcessor(new KeptTraces(Slow, new Nothing())).AddProcessor(_exporter).Build();
        }

        public ActivitySource Source { get; }

        public IReadOnlyList<string> Exported => [.. _exporter.Names];

        public Activity Start(string name, ActivityKind kind = ActivityKind.Internal, ActivityContext parent = default) => Source.StartActivity(name, kind, parent)!;

        public void Dispose()
        {
            _provider.Dispose();
            Source.Dispose();
        }
    }

    private sealed class Nothing : BaseProcessor<Activity>;

    private sealed class Exporter : BaseProcessor<Activity>
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public override void OnEnd(Activity data)
        {
            if (data.Recorded)
                Names.Enqueue(data.DisplayName);
        }
    }
}
