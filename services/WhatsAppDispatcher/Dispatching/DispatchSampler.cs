using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Pausing;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>What waits to be sent, what nobody knows the end of, and which numbers rest.</summary>
public sealed class DispatchSampler : Sampler
{
    // Nobody settles what is older: it is for people to look at.
    private static readonly TimeSpan Unsettled = TimeSpan.FromHours(24);

    private readonly DispatcherDatabase _database;
    private readonly SampledGauge _waiting;
    private readonly SampledGauge _age;
    private readonly SampledGauge _unsettled;
    private readonly SampledGauge _paused;
    private readonly SampledGauge _disconnected;

    public DispatchSampler(DispatcherDatabase database, IMeterFactory meters, IOptions<GaugeOptions> options, TimeProvider time, ILogger<DispatchSampler> log)
        : base(meters, options, time, log)
    {
        _database = database;
        _waiting = Gauge("recado.sends.waiting", "{message}", "Messages that are due and wait to be sent; 10000 stands for that many and more.");
        _age = Gauge("recado.sends.age", "s", "Time since the longest due of them was due, 0 where there is none.");
        _unsettled = Gauge("recado.sends.unsettled", "{message}", "Sends of the last 24 h whose end is still not known; 10000 stands for that many and more.");
        _paused = Gauge("recado.numbers.paused", "{number}", "Gateway numbers that rest, by reason.");
        _disconnected = Gauge("recado.numbers.disconnected", "{number}", "Gateway numbers whose phone is not connected to WhatsApp.");
    }

    /// <inheritdoc/>
    protected override async Task SampleAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var due = await _database.QueryAsync(
            """
            select count(*), min(due_at) from (
                select due_at from messages where status = 'waiting' and due_at <= @now order by due_at limit 10000) as due
            """,
            row => (Count: row.GetInt64(0), First: row.IsDBNull(1) ? now : row.GetTime(1)), cancellation, ("now", now));
        // The index messages_in_doubt; its condition word by word, for SQLite.
        var unsettled = await _database.QueryAsync(
            """
            select count(*) from (
                select armed_at from messages
                where status in ('sending', 'uncertain') and status = 'uncertain' and armed_at > @since limit 10000) as doubts
            """,
            row => row.GetInt64(0), cancellation, ("since", now - Unsettled));
        // Both have a row for each number at most.
        var paused = new Dictionary<string, double>(await _database.QueryAsync("select reason, count(*) from pauses group by reason",
            row => KeyValuePair.Create(row.GetString(0), (double)row.GetInt64(1)), cancellation));
        var disconnected = await _database.QueryAsync("select count(*) from instances where not connected", row => row.GetInt64(0), cancellation);
        _waiting.Set(due[0].Count);
        _age.Set((now - due[0].First).TotalSeconds);
        _unsettled.Set(unsettled[0]);
        _paused.Set("reason", ((string[])[NumberPause.TokenRefused, NumberPause.AskedToWait]).Select(reason => KeyValuePair.Create(reason, paused.GetValueOrDefault(reason))));
        _disconnected.Set(disconnected[0]);
    }
}
