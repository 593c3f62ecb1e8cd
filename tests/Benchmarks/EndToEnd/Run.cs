using System.Diagnostics;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Traffic;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>The figures of one run of one pipeline.</summary>
/// <param name="PerSecond">Events that went all the way, from the first webhook to the last receipt on the timeline.</param>
/// <param name="Acknowledged">From a webhook to its 2xx.</param>
/// <param name="ToGateway">From a webhook to the moment in which the gateway accepted its message.</param>
/// <param name="Used">By all parts together, for all events.</param>
/// <param name="Work">What the database did in it; null where it cannot say.</param>
public sealed record RunFigures(int Events, double PerSecond, Spread Acknowledged, Spread ToGateway, Consumption Used, DatabaseWork? Work)
{
    /// <summary>CPU milliseconds for one event.</summary>
    public double CpuMs(string part) => Used.CpuSeconds.GetValueOrDefault(part, double.NaN) * 1000 / Events;

    public double GeneratorCpuMs => Used.GeneratorCpuSeconds * 1000 / Events;
}

/// <summary>Puts events through a pipeline and waits until the last of them has gone all the way.</summary>
public static class Run
{
    private const int MostWarmUps = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="load">Sends webhooks to a port.</param>
    public static async Task<RunFigures> MeasureAsync(Pipeline pipeline, int events, Func<int, IReadOnlyList<Webhook>, Task<IReadOnlyList<Sent>>> load)
    {
        var webhooks = Webhooks.Make(events, pipeline.PartnerRoute);
        await pipeline.Gateway.ClearAsync();
        GC.Collect();
        var before = await pipeline.WorkAsync();
        var seen = await pipeline.SeenByGatewayAsync();
        var start = DateTimeOffset.UtcNow;
        var meter = new Meter(pipeline.Parts);
        var sent = await load(pipeline.Port, webhooks);
        pipeline.Taken += events;
        var last = await FinishAsync(pipeline, events, seen, start);
        var used = await meter.StopAsync();
        var after = await pipeline.WorkAsync();
        var accepted = await pipeline.Gateway.AcceptedAsync();
        var perSecond = events / (last - start).TotalSeconds;
        if (events > 1) // one line for each run, beside the tables
            Console.Error.WriteLine(FormattableString.Invariant($"{DateTimeOffset.UtcNow:HH:mm:ss} {pipeline.Name}: {events} events, {perSecond:0.0}/s"));
        return new(events, perSecond,
            new(sent.Select(each => each.Acknowledged)), new(sent.Select(each => accepted[each.Phone] - each.At)), used,
            before is null || after is null ? null : new(after.WritingTransactions - before.WritingTransactions, after.LogBytes - before.LogBytes));
    }

    /// <summary>
    /// Turns of some seconds until one is hardly faster than the best before it, and returns how many events make a run of
    /// this length. .NET compiles a process's code while it runs, and again what runs often: in the first ten thousand events
    /// that was a third of all that the services did.
    /// </summary>
    public static async Task<int> WarmUpAsync(Pipeline pipeline, double seconds)
    {
        var (best, events) = (0.0, 600);
        for (var turn = 0; turn < MostWarmUps; turn++)
        {
            var rate = (await MeasureAsync(pipeline, events, (port, webhooks) => Load.ClosedAsync(port, webhooks, 32))).PerSecond;
            await pipeline.SettleAsync();
            if (turn > 2 && rate < best * 1.05)
                break;
            best = Math.Max(best, rate);
            events = Math.Clamp((int)(best * 8), 600, 10_000);
        }
        return Math.Clamp((int)(best * seconds), 500, 50_000);
    }

    private static async Task<DateTimeOffset> FinishAsync(Pipeline pipeline, int events, long seenBefore, DateTimeOffset start)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            // The emulator is asked first: counting rows would burden the database that is measured.
            if (await pipeline.SeenByGatewayAsync() - seenBefore >= events
                && await pipeline.FinishedAsync(start) is var (count, last) && count >= events)
                return count == events ? last : throw new InvalidOperationException($"{count} events ended, of {events}.");
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"{pipeline.Name}: {(await pipeline.FinishedAsync(start)).Count} of {events} events have ended after {Patience.TotalSeconds:0} s.");
            await Task.Delay(200);
        }
    }
}
