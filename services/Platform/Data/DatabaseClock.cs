namespace Recado.Platform.Data;

/// <summary>
/// The time by PostgreSQL's clock, which all replicas of all services share: when something came, is due, expires or loses
/// its lease is never decided by the clock of one machine. Between two readings the monotonic clock goes on, so that a wall
/// clock that is set forth or back changes nothing. SQLite has no clock but this machine's.
/// </summary>
/// <param name="machine">This machine's clocks; its wall clock counts until the first reading.</param>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>What the database's clock showed.</summary>
    /// <param name="At">When its answer came: what it says, and half of the time from question to answer.</param>
    /// <param name="Timestamp">The monotonic clock at that moment.</param>
    /// <param name="Doubt">That half: it may have been so much earlier or later.</param>
    public sealed record Reading(DateTimeOffset At, long Timestamp, TimeSpan Doubt);

    // Quartz is a few 10 s per million off, bad virtual machines 100: 2 ms in 10 s.
    private const double Drift = 200e-6;

    // The first one is slow: nothing is compiled, and the connection is new.
    private const int Readings = 3;

    private Reading? _reading;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _reading) is { } reading ? reading.At + GetElapsedTime(reading.Timestamp) : machine.GetUtcNow();

    /// <summary>Looks at the database's clock.</summary>
    internal async Task ReadAsync(Engine engine, CancellationToken cancellation)
    {
        if (!engine.HasClock)
            return;
        await using var connection = await engine.OpenAsync(cancellation);
        await using var command = engine.Command(connection, "select clock_timestamp()", []);
        for (var i = 0; i < Readings; i++)
        {
            var asked = GetTimestamp();
            var at = (DateTime)(await command.ExecuteScalarAsync(cancellation))!;
            var doubt = GetElapsedTime(asked) / 2;
            var timestamp = GetTimestamp();
            var next = new Reading(new DateTimeOffset(at, TimeSpan.Zero) + doubt, timestamp, doubt);
            Volatile.Write(ref _reading, _reading is { } known ? Better(known, next, GetElapsedTime(known.Timestamp, timestamp)) : next);
        }
    }

    /// <summary>
    /// The surer one; an older one becomes less sure with time. A new one that contradicts it is taken in any case: the
    /// database's clock was set, or it is another database.
    /// </summary>
    public static Reading Better(Reading known, Reading next, TimeSpan between)
    {
        var doubt = known.Doubt + (between * Drift);
        var contradicts = (next.At - (known.At + between)).Duration() > doubt + next.Doubt;
        return contradicts || next.Doubt <= doubt ? next : known;
    }
}
