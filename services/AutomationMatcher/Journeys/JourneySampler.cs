using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>How many journeys are under way, and how far their clock is behind.</summary>
public sealed class JourneySampler : Sampler
{
    private readonly MatcherDatabase _database;
    private readonly SampledGauge _active;
    private readonly SampledGauge _overdue;
    private readonly SampledGauge _age;

    public JourneySampler(MatcherDatabase database, IMeterFactory meters, IOptions<GaugeOptions> options, TimeProvider time, ILogger<JourneySampler> log)
        : base(meters, options, time, log)
    {
        _database = database;
        _active = Gauge("recado.journeys.active", "{journey}", "Journeys under way, by state; 100000 stands for that many and more.");
        _overdue = Gauge("recado.timers.overdue", "{journey}", "Journeys whose time has come and that nobody has moved yet; 10000 stands for that many and more.");
        _age = Gauge("recado.timers.age", "s", "Time since the longest overdue of them was due, 0 where there is none.");
    }

    /// <inheritdoc/>
    protected override async Task SampleAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        // The indexes journeys_due and journeys_active; the conditions are theirs, word by word, for SQLite.
        var active = await _database.QueryAsync(
            """
            select 'waiting', count(*) from (select due_at from journeys where state = 'waiting' order by due_at limit 100000) as waiting
            union all
            select state, count(*) from (select state from journeys where state in ('no_phone', 'requested') limit 100000) as others group by state
            """,
            row => KeyValuePair.Create(row.GetString(0), (double)row.GetInt64(1)), cancellation);
        var due = await _database.QueryAsync(
            """
            select count(*), min(due_at) from (
                select due_at from journeys where state = 'waiting' and due_at <= @now order by due_at limit 10000) as due
            """,
            row => (Count: row.GetInt64(0), First: row.IsDBNull(1) ? now : row.GetTime(1)), cancellation, ("now", now));
        var known = new Dictionary<string, double>(active);
        _active.Set("state", ((string[])["waiting", "no_phone", "requested"]).Select(state => KeyValuePair.Create(state, known.GetValueOrDefault(state))));
        _overdue.Set(due[0].Count);
        _age.Set((now - due[0].First).TotalSeconds);
    }
}
