using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Results;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>Prints cases, and what each process of them used.</summary>
public static class CaseTable
{
    public static void Print(IReadOnlyList<Case> cases)
    {
        var table = new Table($"Medians of {cases[0].Runs.Count} runs. CPU in ms per event; \"load\" is this program's own, \"gateway\" the emulator's. Peak MB adds up the services' resident sets; together MB counts pages that processes share once.",
            "", "events/s", "ack p50 ms", "ack p99", "to gateway p50", "p99", "cpu services", "broker", "database", "gateway", "load", "peak MB", "together MB", "write tx/event", "WAL KB/event");
        foreach (var each in cases)
            table.Add($"{each.Pipeline}, {each.Load}", each.Median(run => run.PerSecond), each.Median(run => run.Acknowledged.At(50)), each.Median(run => run.Acknowledged.At(99)),
                each.Median(run => run.ToGateway.At(50)), each.Median(run => run.ToGateway.At(99)),
                each.CpuMs(PartKind.Service), each.CpuMs(PartKind.Broker), each.CpuMs(PartKind.Database), each.CpuMs(PartKind.Gateway), each.Median(run => run.GeneratorCpuMs),
                each.Median(run => run.Used.PeakServicesMb), each.Median(run => run.Used.PeakTogetherMb), each.TransactionsPerEvent, each.LogKbPerEvent);
        table.Print();
    }

    /// <summary>What each process used in one case.</summary>
    public static void PrintParts(Case each)
    {
        var table = new Table($"{each.Pipeline}, {each.Load}, by process", "", "cpu ms/event", "peak MB");
        foreach (var part in each.Parts)
            table.Add(part.Name, each.Median(run => run.CpuMs(part.Name)), each.Median(run => run.Used.PeakMb.GetValueOrDefault(part.Name, double.NaN)));
        table.Print();
    }
}
