using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>Shows that the bare pipeline does the same work: rows and messages of both, for one event.</summary>
public static class WrittenPerEvent
{
    public static JsonObject Print(RowsWritten suite, long suiteEvents, RowsWritten bare, long bareEvents)
    {
        var table = new Table("Rows and messages for one event, over all runs", "", "suite inserts", "bare inserts", "suite updates", "bare updates");
        double Per(IReadOnlyDictionary<string, long> rows, string name, long events) => (double)rows.GetValueOrDefault(name) / events;
        // What is written once at a start is not the events'.
        foreach (var name in suite.Inserted.Keys.Union(bare.Inserted.Keys).Order(StringComparer.Ordinal)
            .Where(name => Per(suite.Inserted, name, suiteEvents) + Per(suite.Updated, name, suiteEvents) > 0.01 || bare.Inserted.ContainsKey(name)))
            table.Add(name, Per(suite.Inserted, name, suiteEvents), Per(bare.Inserted, name, bareEvents), Per(suite.Updated, name, suiteEvents), Per(bare.Updated, name, bareEvents));
        table.Add("all rows", Sum(suite.Inserted, suiteEvents), Sum(bare.Inserted, bareEvents), Sum(suite.Updated, suiteEvents), Sum(bare.Updated, bareEvents));
        table.Print();
        PrintMessages(suite, suiteEvents, bare, bareEvents);
        return new()
        {
            ["suite_inserts"] = Median.ForJson(Sum(suite.Inserted, suiteEvents)),
            ["bare_inserts"] = Median.ForJson(Sum(bare.Inserted, bareEvents)),
            ["suite_updates"] = Median.ForJson(Sum(suite.Updated, suiteEvents)),
            ["bare_updates"] = Median.ForJson(Sum(bare.Updated, bareEvents)),
            ["suite_messages"] = Median.ForJson((double)suite.Messages.Values.Sum(each => each.Count) / suiteEvents),
            ["bare_messages"] = Median.ForJson((double)bare.Messages.Values.Sum(each => each.Count) / bareEvents),
        };
    }

    private static void PrintMessages(RowsWritten suite, long suiteEvents, RowsWritten bare, long bareEvents)
    {
        var table = new Table("Messages over the broker for one event, and the bytes of a body", "", "suite", "bare", "suite bytes", "bare bytes");
        foreach (var name in suite.Messages.Keys.Union(bare.Messages.Keys).Order(StringComparer.Ordinal))
        {
            var (ours, theirs) = (suite.Messages.GetValueOrDefault(name), bare.Messages.GetValueOrDefault(name));
            table.Add(name, (double)ours.Count / suiteEvents, (double)theirs.Count / bareEvents, Size(ours), Size(theirs));
        }
        table.Print();
    }

    private static double Size((long Count, long Bytes) messages) => messages.Count == 0 ? double.NaN : (double)messages.Bytes / messages.Count;

    private static double Sum(IReadOnlyDictionary<string, long> rows, long events) => (double)rows.Values.Sum() / events;
}
