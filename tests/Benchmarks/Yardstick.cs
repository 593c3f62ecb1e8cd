using System.Text.Json.Nodes;

namespace Recado.Tests.Benchmarks;

/// <summary>How long to measure.</summary>
/// <param name="Rounds">Of each case, interleaved; medians are reported.</param>
/// <param name="Seconds">About so long each run lasts, where its length is free.</param>
public sealed record Effort(int Rounds, double Seconds, bool Quick)
{
    public static Effort Of(bool quick) => quick ? new(3, 4, true) : new(3, 12, false);
}

/// <summary>One thing that is measured.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="What">In a line.</param>
/// <param name="RunAsync">Prints its tables and returns its figures.</param>
/// <param name="ByHand">Not among <c>all</c>: it needs programs that <c>./test</c> does not install.</param>
public sealed record Yardstick(string Name, string What, Func<Effort, Task<JsonObject>> RunAsync, bool ByHand = false)
{
    public static readonly IReadOnlyList<Yardstick> All =
    [
        new("end-to-end", "webhooks in, messages out, receipts back: five services against the same hops and rows without a domain", EndToEnd.SuiteAgainstBare.RunAsync),
        new("bare-killed", "no measure: the bare pipeline is killed again and again, and may neither lose nor double what it acknowledged", EndToEnd.BareKilled.RunAsync),
        new("standalone", "the same events through one process on SQLite, against the five services", Standalone.StandaloneAgainstSuite.RunAsync),
        new("ingest", "webhooks acknowledged and published by Ingest alone", Accepting.IngestAlone.RunAsync),
        new("start-up", "from start to ready, and idle memory, of each service and of Standalone", StartUp.StartUps.RunAsync),
        new("normalizer", "webhooks understood per second, in this process", InProcess.NormalizerAlone.RunAsync),
        new("renderer", "messages rendered per second, in this process", InProcess.RendererAlone.RunAsync),
        new("timers", "how late messages are asked for, 200 due per second, with two million journeys waiting", Timers.DueOnTime.RunAsync),
        new("growth", "what an event costs with 10 thousand, 1 million and 5 million rows of history", Growth.FlatCost.RunAsync),
        new("scaling", "one, two and four processes of each service share the work and double nothing", Scaling.SharedWork.RunAsync),
        new("n8n", "the same job in n8n, in regular mode, against the five services (see peers/n8n)", N8n.N8nAgainstSuite.RegularAsync, ByHand: true),
        new("n8n-queue", "likewise, in queue mode with as many workers as make it fastest", N8n.N8nAgainstSuite.QueueAsync, ByHand: true),
    ];
}
