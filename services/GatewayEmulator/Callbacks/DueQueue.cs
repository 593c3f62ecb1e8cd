using System.Threading.Channels;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Hands out items when they are due; one timer serves any number of them. Thread-safe.</summary>
public sealed class DueQueue<T> : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<T, (DateTimeOffset Due, long Order)> waiting = new();
    private readonly Channel<T> ready = Channel.CreateUnbounded<T>();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private DateTimeOffset timerDue = DateTimeOffset.MaxValue;
    private long order;

    public DueQueue(TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is due, in order of due times.</summary>
    public IAsyncEnumerable<T> TakeAsync(CancellationToken stop) => ready.Reader.ReadAllAsync(stop);

    public void Add(T item, DateTimeOffset due)
    {
        var now = time.GetUtcNow();
        if (due <= now)
        {
            ready.Writer.TryWrite(item);
            return;
        }

        lock (gate)
        {
            waiting.Enqueue(item, (due, order++));
            if (due < timerDue)
                Arm(due, now);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Release()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            timerDue = DateTimeOffset.MaxValue;
            while (waiting.TryPeek(out var item, out var place))
            {
                if (place.Due > now)
                {
                    Arm(place.Due, now);
                    return;
                }

                waiting.Dequeue();
                ready.Writer.TryWrite(item);
            }
        }
    }

    private void Arm(DateTimeOffset due, DateTimeOffset now)
    {
        timerDue = due;

        // Timers count whole milliseconds: rounded down, they would fire too early and again.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds));
        timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
