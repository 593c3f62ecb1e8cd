namespace Recado.Tests.Infrastructure;

/// <summary>
/// A clock that stands still until it is told to move. Timers fire on the thread that moves it, in the order they are
/// due, each at its own time. Safe to use from many threads.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly object advancing = new();
    private readonly SortedSet<ManualTimer> armed = new(Comparer<ManualTimer>.Create(
        (x, y) => (x.Due, x.Sequence).CompareTo((y.Due, y.Sequence))));
    private DateTimeOffset utcNow = start.ToUniversalTime();
    private long elapsed;
    private long sequence;

    /// <summary>Starts at noon UTC on a Monday.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Timers that will still fire. A loop that is to be woken by <see cref="Advance"/> must have armed its timer first: wait for this.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (gate)
                return armed.Count;
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return elapsed;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return utcNow;
    }

    /// <summary>Lets time pass and fires what becomes due. Calls from several threads follow one another.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (advancing)
        {
            var target = GetTimestamp() + by.Ticks;
            while (TakeDue(target) is { } timer)
                timer.Fire();
            lock (gate)
                MoveTo(target);
        }
    }

    /// <summary>A later time is reached by <see cref="Advance"/>; to an earlier one the wall clock steps back, and timers keep what they have left.</summary>
    public void SetUtcNow(DateTimeOffset value)
    {
        lock (advancing)
        {
            var by = value - GetUtcNow();
            if (by >= TimeSpan.Zero)
                Advance(by);
            else
                lock (gate)
                    utcNow = value.ToUniversalTime();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (gate)
        {
            if (armed.Min is not { } timer || timer.Due > target)
                return null;
            armed.Remove(timer);
            MoveTo(timer.Due);
            if (timer.Period > TimeSpan.Zero)
                Arm(timer, timer.Due + timer.Period.Ticks);
            return timer;
        }
    }

    private void MoveTo(long target)
    {
        if (target <= elapsed)
            return;
        utcNow += TimeSpan.FromTicks(target - elapsed);
        elapsed = target;
    }

    private void Arm(ManualTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = ++sequence;
        armed.Add(timer);
    }

    private void Rearm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            armed.Remove(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero)
                Arm(timer, elapsed + dueTime.Ticks);
        }
        // Due now: like a timer of the system it fires on another thread, never inside the call that arms it.
        if (dueTime == TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(_ => Advance(TimeSpan.Zero));
    }

    private void Disarm(ManualTimer timer)
    {
        lock (gate)
            armed.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool disposed;

        public long Due { get; set; }

        public long Sequence { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed)
                return false;
            owner.Rearm(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            disposed = true;
            owner.Disarm(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
