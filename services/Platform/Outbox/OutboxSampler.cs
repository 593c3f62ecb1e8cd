using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Outbox;

/// <summary>How far the outboxes of this process are behind.</summary>
internal sealed class OutboxSampler : Sampler
{
    private readonly IEnumerable<Database> _databases;
    private readonly SampledGauge _unsent;
    private readonly SampledGauge _age;

    public OutboxSampler(IEnumerable<Database> databases, IMeterFactory meters, IOptions<GaugeOptions> options, TimeProvider time, ILogger<OutboxSampler> log)
        : base(meters, options, time, log)
    {
        _databases = databases;
        _unsent = Gauge("recado.outbox.unsent", "{message}", "Messages in the outbox that the broker has not confirmed; 10000 stands for that many and more.");
        _age = Gauge("recado.outbox.age", "s", "Time since the oldest of them was committed, 0 where there is none.");
    }

    protected override async Task SampleAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var (unsent, age) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        foreach (var database in _databases)
        {
            var line = await database.QueryAsync(
                """
                select count(*), min(created_at) from (
                    select created_at from outbox where sent_at is null order by due_at, id limit 10000) as line
                """,
                row => (Count: row.GetInt64(0), Oldest: row.IsDBNull(1) ? now : row.GetTime(1)), cancellation);
            unsent[database.Schema] = line[0].Count;
            age[database.Schema] = Math.Max(0, (now - line[0].Oldest).TotalSeconds);
        }
        _unsent.Set("schema", unsent);
        _age.Set("schema", age);
    }
}
