namespace Recado.Tests.Infrastructure;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private ManualTimeProvider time = new();

    [SetUp]
    public void Back_to_the_start() => time = new(Start);

    [Test]
    public void Time_stands_still_until_it_is_moved()
    {
        var timestamp = time.GetTimestamp();

        time.Advance(TimeSpan.FromHours(72));

        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddHours(72)));
        Assert.That(time.GetElapsedTime(timestamp), Is.EqualTo(TimeSpan.FromHours(72)));
    }

    [Test]
    public void Timers_fire_in_the_order_they_are_due_each_at_its_own_time()
    {
        List<(string Name, DateTimeOffset At)> fired = [];
        using var late = Timer(() => fired.Add(("late", time.GetUtcNow())), TimeSpan.FromMinutes(10));
        using var early = Timer(() => fired.Add(("early", time.GetUtcNow())), TimeSpan.FromMinutes(5));
        using var later = Timer(() => fired.Add(("later", time.GetUtcNow())), TimeSpan.FromMinutes(11));

        time.Advance(TimeSpan.FromMinutes(10));

        Assert.That(fired, Is.EqualTo(new[] { ("early", Start.AddMinutes(5)), ("late", Start.AddMinutes(10)) }));
        Assert.That(time.ActiveTimers, Is.EqualTo(1));
    }

    [Test]
    public void A_timer_with_a_period_fires_each_time()
    {
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.That(fired, Is.EqualTo(3));
    }

    [Test]
    public void A_changed_or_disposed_timer_does_not_fire_at_its_old_time()
    {
        var fired = 0;
        using var changed = Timer(() => fired++, TimeSpan.FromSeconds(1));
        var disposed = Timer(() => fired++, TimeSpan.FromSeconds(1));
        changed.Change(TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
        disposed.Dispose();

        time.Advance(TimeSpan.FromSeconds(8));
        Assert.That(fired, Is.Zero);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(fired, Is.EqualTo(1));
        Assert.That(disposed.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), Is.False);
    }

    [Test]
    public void A_timer_armed_by_a_timer_fires_in_the_same_advance()
    {
        DateTimeOffset? second = null;
        ITimer? inner = null;
        using var outer = Timer(
            () => inner = Timer(() => second = time.GetUtcNow(), TimeSpan.FromSeconds(2)), TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(10));
        inner!.Dispose();

        Assert.That(second, Is.EqualTo(Start.AddSeconds(3)));
    }

    [Test]
    public async Task A_timer_due_now_fires_without_an_advance()
    {
        var fired = new TaskCompletionSource();

        using var timer = Timer(fired.SetResult, TimeSpan.Zero);
        await fired.Task.WaitAsync(TimeSpan.FromSeconds(90));

        Assert.That(time.GetUtcNow(), Is.EqualTo(Start));
    }

    [Test]
    public async Task A_delay_ends_when_its_time_has_come()
    {
        var delay = Task.Delay(TimeSpan.FromHours(72), time);

        time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromTicks(1));
        Assert.That(delay.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromTicks(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.That(time.ActiveTimers, Is.Zero);
    }

    [Test]
    public void A_token_source_is_cancelled_when_its_time_has_come()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMinutes(1), time);

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(source.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task A_periodic_timer_ticks()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        var tick = timer.WaitForNextTickAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(await tick.AsTask().WaitAsync(TimeSpan.FromSeconds(90)), Is.True);
    }

    [Test]
    public void The_wall_clock_steps_back_without_touching_what_timers_have_left()
    {
        var fired = 0;
        using var timer = Timer(() => fired++, TimeSpan.FromMinutes(10));

        time.SetUtcNow(Start.AddHours(-1));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.That(fired, Is.Zero);
        time.SetUtcNow(Start.AddMinutes(-50));

        Assert.That(fired, Is.EqualTo(1));
    }

    [Test]
    public void Advances_from_many_threads_add_up()
    {
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Parallel.For(0, 1_000, _ => time.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddSeconds(1_000)));
        Assert.That(fired, Is.EqualTo(1_000));
    }

    private ITimer Timer(Action action, TimeSpan due) =>
        time.CreateTimer(_ => action(), null, due, Timeout.InfiniteTimeSpan);
}
