namespace Recado.Platform.Batching;

/// <summary>
/// What waits, in a lane for each sender. They are served in turns, and a lane may hold only as many as there are places
/// still free: one sender alone fills half of the room, two a third each, and there is always a place for one more.
/// Not safe for several threads.
/// </summary>
/// <param name="capacity">Places for all lanes together.</param>
public sealed class FairLanes<T>(int capacity)
{
    private readonly Dictionary<string, Queue<T>> _lanes = [];
    private readonly Queue<string> _turns = new(); // each lane that holds something, once

    /// <summary>How many wait in all lanes.</summary>
    public int Count { get; private set; }

    /// <summary>Takes it into the lane, at its end; false when the lane has its share already.</summary>
    public bool TryAdd(string lane, T item)
    {
        var waiting = _lanes.GetValueOrDefault(lane);
        if ((waiting?.Count ?? 0) >= capacity - Count)
            return false;
        if (waiting is null)
        {
            _lanes[lane] = waiting = new();
            _turns.Enqueue(lane);
        }
        waiting.Enqueue(item);
        Count++;
        return true;
    }

    /// <summary>The oldest of the lane whose turn it is; that lane then goes to the end of the line.</summary>
    public bool TryTake(out T item)
    {
        if (!_turns.TryDequeue(out var lane))
        {
            item = default!;
            return false;
        }
        var waiting = _lanes[lane];
        item = waiting.Dequeue();
        Count--;
        if (waiting.Count > 0)
            _turns.Enqueue(lane);
        else
            _lanes.Remove(lane); // a store that sends nothing takes no memory
        return true;
    }
}
