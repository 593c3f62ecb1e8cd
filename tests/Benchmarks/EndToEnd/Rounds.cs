using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Traffic;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>Repeats cases in turns, so that what else the machine does meets all of them alike.</summary>
public static class Rounds
{
    /// <summary>Closed loop: each pipeline with each number of senders, and each first as often as last.</summary>
    public static async Task<List<Case>> ClosedAsync(Effort effort, int[] senders, params Pipeline[] pipelines)
    {
        var events = new Dictionary<Pipeline, int>();
        foreach (var pipeline in pipelines)
            events[pipeline] = await Run.WarmUpAsync(pipeline, effort.Seconds);
        return await RepeatAsync(effort, pipelines, senders, number => $"{number} senders",
            (pipeline, number) => Run.MeasureAsync(pipeline, events[pipeline], (port, webhooks) => Load.ClosedAsync(port, webhooks, number)));
    }

    /// <summary>Open loop: pipelines that are warm, at these rates.</summary>
    public static Task<List<Case>> OpenAsync(Effort effort, double[] perSecond, params Pipeline[] pipelines) =>
        RepeatAsync(effort, pipelines, perSecond, rate => FormattableString.Invariant($"{rate:0.#}/s"),
            (pipeline, rate) => Run.MeasureAsync(pipeline, Math.Max(50, (int)(rate * effort.Seconds)), (port, webhooks) => Load.OpenAsync(port, webhooks, rate)));

    /// <summary>One event at a time on an idle pipeline that is warm; each is a run of its own.</summary>
    public static async Task<Case> LoneAsync(Effort effort, Pipeline pipeline)
    {
        var runs = new List<RunFigures>();
        for (var i = 0; i < (effort.Quick ? 15 : 40); i++)
            runs.Add(await Run.MeasureAsync(pipeline, 1, (port, webhooks) => Load.ClosedAsync(port, webhooks, 1)));
        return new(pipeline.Name, "a lone event", pipeline.Parts, runs);
    }

    private static async Task<List<Case>> RepeatAsync<TLoad>(
        Effort effort, Pipeline[] pipelines, TLoad[] loads, Func<TLoad, string> name, Func<Pipeline, TLoad, Task<RunFigures>> measure)
    {
        var runs = new List<(Pipeline Pipeline, TLoad Load, RunFigures Figures)>();
        for (var round = 0; round < effort.Rounds; round++)
            foreach (var load in loads)
                foreach (var pipeline in round % 2 == 0 ? pipelines : pipelines.Reverse())
                    runs.Add((pipeline, load, await measure(pipeline, load)));
        return [.. runs.GroupBy(run => (run.Load, run.Pipeline))
            .Select(group => new Case(group.Key.Pipeline.Name, name(group.Key.Load), group.Key.Pipeline.Parts, [.. group.Select(run => run.Figures)]))];
    }
}
