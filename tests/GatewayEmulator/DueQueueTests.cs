using Recado.GatewayEmulator.Callbacks;

namespace Recado.Tests.GatewayEmulator;

public sealed class DueQueueTests
{
    [Test]
    public async Task Items_come_out_when_they_are_due_in_order_of_their_times()
    {
        var clock = new HandClock();
        using var queue = new DueQueue<string>(clock);
        queue.Add("hour", clock.Now + TimeSpan.FromHours(1));
        queue.Add("second", clock.Now + TimeSpan.FromSeconds(1));
        queue.Add("also second", clock.Now + TimeSpan.FromSeconds(1));
        queue.Add("now", clock.Now);
        queue.Add("three days", clock.Now + TimeSpan.FromDays(3));

        Assert.That(await TakeAsync(queue, 1), Is.EqualTo((string[])["now"]));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(queue, 2), Is.EqualTo((string[])["second", "also second"]));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await TakeAsync(queue, 1), Is.EqualTo((string[])["hour"]));
        foreach (var _ in Enumerable.Range(0, 3))
            clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await TakeAsync(queue, 1), Is.EqualTo((string[])["three days"]));
    }

    [Test]
    public async Task Nothing_comes_out_before_its_time()
    {
        var clock = new HandClock();
        using var queue = new DueQueue<string>(clock);
        queue.Add("later", clock.Now + TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromMilliseconds(1_999));
        queue.Add("now", clock.Now);

        Assert.That(await TakeAsync(queue, 1), Is.EqualTo((string[])["now"]));
    }

    private static async Task<List<string>> TakeAsync(DueQueue<string> queue, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        List<string> taken = [];
        await foreach (var item in queue.TakeAsync(deadline.Token))
        {
            taken.Add(item);
            if (taken.Count == count)
                break;
        }

        return taken;
    }

    /// <summary>A clock with one timer, moved by hand.</summary>
    private sealed class HandClock : TimeProvider, ITimer
    {
        private TimerCallback callback = _ => { };
        private DateTimeOffset due = DateTimeOffset.MaxValue;

        public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.callback = callback;
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = Now + dueTime;
            return true;
        }

        public void Advance(TimeSpan by)
        {
            Now += by;
            if (Now < due)
                return;
            due = DateTimeOffset.MaxValue;
            callback(null);
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
