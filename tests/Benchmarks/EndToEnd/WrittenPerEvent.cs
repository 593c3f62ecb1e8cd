using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;

namespace Recado.Tests.Benchmarks.EndToEnd;

/// <summary>Shows that the bare pipeline does the same work, and says so when it no longer does: rows and messages of both, for one event.</summary>
public static class WrittenPerEvent
{
    private const double Tolerance = 0.05;

    public static JsonObject Print(RowsWritten suite, long suiteEvents, RowsWritten bare, long bareEvents)
    {
        PrintRows(suite, suiteEvents, bare, bareEvents);
        PrintMessages(suite, suiteEvents, bare, bareEvents);
        (string What, double Suite, double Bare)[] sums =
        [
            ("inserts", Sum(suite.Inserted, suiteEvents), Sum(bare.Inserted, bareEvents)),
            ("updates", Sum(suite.Updated, suiteEvents), Sum(bare.Updated, bareEvents)),
            ("messages", (double)suite.Messages.Values.Sum(each => each.Count) / suiteEvents, (double)bare.Messages.Values.Sum(each => each.Count) / bareEvents),
            ("message_bytes", (double)suite.Messages.Values.Sum(each => each.Bytes) / suiteEvents, (double)bare.Messages.Values.Sum(each => each.Bytes) / bareEvents),
        ];
        var same = sums.All(each => Math.Abs(each.Suite - each.Bare) <= Tolerance * each.Suite);
        if (!same)
            Console.WriteLine("The bare pipeline no longer does the work of the suite: bring tests/Benchmarks/Bare up to date before you trust the ratio.\n");
        var figures = new JsonObject { ["same_work"] = same };
        foreach (var (what, ours, theirs) in sums)
            figures[what] = new JsonObject { ["suite"] = Median.ForJson(ours), ["bare"] = Median.ForJson(theirs) };
        return figures;
    }

    private static void PrintRows(RowsWritten suite, long suiteEvents, RowsWritten bare, long bareEvents)
    {
        static double Per(IReadOnlyDictionary<string, long> rows, string name, long events) => (double)rows.GetValueOrDefault(name) / events;
        var table = new Table("Rows for one event, over all runs", "", "suite inserts", "bare inserts", "suite updates", "bare updates");
        foreach (var name in suite.Inserted.Keys.Union(bare.Inserted.Keys).Order(StringComparer.Ordinal))
        {
            double[] figures = [Per(suite.Inserted, name, suiteEvents), Per(bare.Inserted, name, bareEvents), Per(suite.Updated, name, suiteEvents), Per(bare.Updated, name, bareEvents)];
            if (figures.Max() > 0.1) // what is less is written at a start or now and then, not for events
                table.Add(name, figures);
        }
        table.Add("all rows", Sum(suite.Inserted, suiteEvents), Sum(bare.Inserted, bareEvents), Sum(suite.Updated, suiteEvents), Sum(bare.Updated, bareEvents));
        table.Print();
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
