using System.Diagnostics;
using System.Threading.Channels;
using Recado.Platform.Data;

namespace Recado.Platform.Batching;

/// <summary>
/// Does together what arrives together. A worker takes whatever waits, up to the limit, and runs it as one batch:
/// a lone item goes through at once, and batches grow by themselves while the one before is under way.
/// </summary>
/// <param name="limit">Most items in a batch.</param>
/// <param name="workers">Batches under way at once.</param>
/// <param name="capacity">Items that may wait; beyond it <see cref="EnqueueAsync"/> refuses.</param>
/// <param name="process">Does a batch and gives one result per item, in order.</param>
/// <param name="pace">The longest rest between two batches of a worker (<see cref="Pace"/>).</param>
/// <param name="laneOf">Whose an item is, where one sender must not take the others' places: they are then served in turns. Null: first come, first served.</param>
public sealed class BatchQueue<TItem, TResult>(
    int limit, int workers, int capacity, Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> process, TimeSpan pace = default, Func<TItem, string>? laneOf = null) : IAsyncDisposable
{
    private readonly record struct Waiting(TItem Item, TaskCompletionSource<TResult> Done);

    private readonly Channel<Waiting> _waiting = laneOf is null
        ? Channel.CreateBounded<Waiting>(capacity)
        : new FairChannel<Waiting>(capacity, waiting => laneOf(waiting.Item));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task[]? _workers;

    /// <summary>Waits for the item's result. Fails alone when the item is at fault, with its batch in an outage.</summary>
    /// <exception cref="BacklogFullException">Too much is waiting: backpressure.</exception>
    public Task<TResult> EnqueueAsync(TItem item)
    {
        if (_workers is null)
            Start();
        var waiting = new Waiting(item, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(waiting))
            throw new BacklogFullException();
        return waiting.Done.Task;
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_workers is not null)
                return;
            // A batch belongs to no single caller: it must not inherit the first one's trace.
            using (ExecutionContext.SuppressFlow())
                _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
        }
    }

    private async Task WorkAsync()
    {
        var batch = new List<Waiting>(limit);
        var pacing = new Pace(pace);
        long? started = null;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var rest = pacing.Rest(started is { } start ? Stopwatch.GetElapsedTime(start) : null);
            if (rest > TimeSpan.Zero && _waiting.Reader.Count < limit)
                await Task.Delay(rest);
            started = Stopwatch.GetTimestamp();
            while (batch.Count < limit && _waiting.Reader.TryRead(out var next))
                batch.Add(next);
            if (batch.Count > 0)
                await RunAsync(batch);
            batch.Clear();
        }
    }

    private async Task RunAsync(List<Waiting> batch)
    {
        try
        {
            var results = await process([.. batch.Select(waiting => waiting.Item)], _stopping.Token);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Done.TrySetResult(results[i]);
        }
        catch (Exception exception) when (batch.Count > 1 && !Outage.Is(exception) && exception is not OperationCanceledException)
        {
            // One of them is at fault: each goes alone, so that it fails alone.
            foreach (var waiting in batch)
                await RunAsync([waiting]);
        }
        catch (Exception exception)
        {
            foreach (var waiting in batch)
                waiting.Done.TrySetException(exception);
        }
    }

    /// <summary>What is under way and cannot be done within this time, because the database is away, is given up.</summary>
    public void StopWithin(TimeSpan grace)
    {
        if (grace > TimeSpan.Zero)
            _stopping.CancelAfter(grace);
        else
            _stopping.Cancel(); // and not by a timer, which the next one would replace
    }

    /// <summary>Takes no more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stopping.CancelAfter(TimeSpan.FromSeconds(20));
        if (_workers is not null)
            await Task.WhenAll(_workers);
        _stopping.Dispose();
    }
}

/// <summary>More is waiting than can be stored in time.</summary>
public sealed class BacklogFullException() : Exception("Too much is waiting.");
