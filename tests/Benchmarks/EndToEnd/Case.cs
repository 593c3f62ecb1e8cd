using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>Repeated runs of one pipeline under one load.</summary>
/// <param name="Load">So many senders at once, or events per second.</param>
public sealed record Case(string Pipeline, string Load, IReadOnlyList<Part> Parts, IReadOnlyList<RunFigures> Runs)
{
    public double Median(Func<RunFigures, double> figure) => Results.Median.Of(Runs, figure);

    /// <summary>Milliseconds for one event, of all parts of this kind; NaN where none can be seen.</summary>
    public double CpuMs(PartKind kind) => Median(run => Parts.Where(part => part.Kind == kind).Sum(part => run.CpuMs(part.Name)));

    public double TransactionsPerEvent => Median(run => (double?)run.Work?.WritingTransactions / run.Events ?? double.NaN);

    public double LogKbPerEvent => Median(run => (double?)run.Work?.LogBytes / run.Events / 1024 ?? double.NaN);

    public JsonObject ToJson() => new()
    {
        ["pipeline"] = Pipeline,
        ["load"] = Load,
        ["events"] = Runs[0].Events,
        ["runs_events_per_s"] = new JsonArray([.. Runs.Select(run => (JsonNode?)Results.Median.ForJson(run.PerSecond))]),
        ["events_per_s"] = Number(run => run.PerSecond),
        ["ack_p50_ms"] = Number(run => run.Acknowledged.At(50)),
        ["ack_p99_ms"] = Number(run => run.Acknowledged.At(99)),
        ["to_gateway_p50_ms"] = Number(run => run.ToGateway.At(50)),
        ["to_gateway_p99_ms"] = Number(run => run.ToGateway.At(99)),
        ["writing_transactions_per_event"] = Results.Median.ForJson(TransactionsPerEvent),
        ["write_ahead_log_kb_per_event"] = Results.Median.ForJson(LogKbPerEvent),
        ["generator_cpu_ms_per_event"] = Number(run => run.GeneratorCpuMs),
        ["services_peak_mb"] = Number(run => run.Used.PeakServicesMb),
        ["services_peak_together_mb"] = Number(run => run.Used.PeakTogetherMb),
        ["parts"] = new JsonObject(Parts.Select(part => KeyValuePair.Create<string, JsonNode?>(part.Name, new JsonObject
        {
            ["cpu_ms_per_event"] = Number(run => run.CpuMs(part.Name)),
            ["peak_mb"] = Number(run => run.Used.PeakMb.GetValueOrDefault(part.Name, double.NaN)),
        }))),
    };

    private double? Number(Func<RunFigures, double> figure) => Results.Median.ForJson(Median(figure));
}
