using System.Diagnostics;
using System.Text.Json.Nodes;
using Recado.Tests.Benchmarks.Machine;
using Recado.Tests.Benchmarks.Pipelines;
using Recado.Tests.Benchmarks.Results;
using Recado.Tests.Benchmarks.Traffic;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Benchmarks.Accepting;

/// <summary>How many webhooks Ingest alone acknowledges and publishes; nobody reads what it publishes.</summary>
public static class IngestAlone
{
    private sealed record Taken(int Webhooks, double PerSecond, Spread Acknowledged, Consumption Used)
    {
        public double CpuMs(string part) => Used.CpuSeconds.GetValueOrDefault(part, double.NaN) * 1000 / Webhooks;
    }

    public static async Task<JsonObject> RunAsync(Effort effort)
    {
        await using var part = await PartOfSuite.PrepareAsync(RunFolder.New("benchmark"));
        await part.SinkAsync("recado.webhook-received");
        await part.Processes["Ingest"].StartAsync();
        await MeasureAsync(part, 1000, 32);
        var webhooks = Math.Clamp((int)((await MeasureAsync(part, 2000, 32)).PerSecond * effort.Seconds), 1000, 60_000);
        int[] senders = effort.Quick ? [32] : [1, 16, 32, 64];
        var runs = new List<(int Senders, Taken Taken)>();
        for (var round = 0; round < effort.Rounds; round++)
            foreach (var number in senders)
                runs.Add((number, await MeasureAsync(part, number == 1 ? Math.Max(200, webhooks / 10) : webhooks, number)));
        return Figures([.. runs.GroupBy(run => run.Senders).Select(group => (group.Key, group.Select(run => run.Taken).ToList()))]);
    }

    private static async Task<Taken> MeasureAsync(PartOfSuite part, int count, int senders)
    {
        var webhooks = Webhooks.Make(count);
        var meter = new Meter(part.PartsWith("Ingest"));
        var clock = Stopwatch.StartNew();
        var sent = await Load.ClosedAsync(part.Processes["Ingest"].Port, webhooks, senders);
        var seconds = clock.Elapsed.TotalSeconds;
        // What it has acknowledged it still has to publish; that is its work too.
        await Until.TrueAsync(async () => await part.NumberAsync("select count(*) from ingest.outbox where sent_at is null") == 0, TimeSpan.FromMinutes(2), "everything is published");
        return new(count, count / seconds, new(sent.Select(each => each.Acknowledged)), await meter.StopAsync());
    }

    private static JsonObject Figures(List<(int Senders, List<Taken> Runs)> cases)
    {
        var table = new Table("Medians. CPU in ms per webhook.", "", "webhooks/s", "ack p50 ms", "ack p99", "cpu Ingest", "RabbitMQ", "PostgreSQL", "peak MB");
        var figures = new JsonArray();
        foreach (var (senders, runs) in cases)
        {
            double Of(Func<Taken, double> figure) => Median.Of(runs, figure);
            table.Add($"{senders} senders", Of(run => run.PerSecond), Of(run => run.Acknowledged.At(50)), Of(run => run.Acknowledged.At(99)),
                Of(run => run.CpuMs("Ingest")), Of(run => run.CpuMs("RabbitMQ")), Of(run => run.CpuMs("PostgreSQL")), Of(run => run.Used.PeakServicesMb));
            figures.Add(new JsonObject
            {
                ["senders"] = senders,
                ["webhooks_per_s"] = Median.ForJson(Of(run => run.PerSecond)),
                ["ack_p50_ms"] = Median.ForJson(Of(run => run.Acknowledged.At(50))),
                ["ack_p99_ms"] = Median.ForJson(Of(run => run.Acknowledged.At(99))),
                ["ingest_cpu_ms_per_webhook"] = Median.ForJson(Of(run => run.CpuMs("Ingest"))),
                ["peak_mb"] = Median.ForJson(Of(run => run.Used.PeakServicesMb)),
            });
        }
        table.Print();
        return new() { ["cases"] = figures };
    }
}
