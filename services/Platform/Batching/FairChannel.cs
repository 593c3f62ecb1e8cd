using System.Threading.Channels;

namespace Recado.Platform.Batching;

/// <summary>A bounded channel that is fair between lanes (<see cref="FairLanes{T}"/>). Waiting and ending are those of an ordinary channel, which carries one ticket for each item.</summary>
internal sealed class FairChannel<T> : Channel<T>
{
    private readonly FairLanes<T> _lanes;
    private readonly Lock _gate = new();
    private readonly Channel<byte> _tickets = Channel.CreateUnbounded<byte>();

    public FairChannel(int capacity, Func<T, string> laneOf)
    {
        _lanes = new(capacity);
        Reader = new Taking(this);
        Writer = new Adding(this, laneOf);
    }

    private sealed class Adding(FairChannel<T> channel, Func<T, string> laneOf) : ChannelWriter<T>
    {
        public override bool TryWrite(T item)
        {
            lock (channel._gate)
                return channel._lanes.TryAdd(laneOf(item), item) && channel._tickets.Writer.TryWrite(0);
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => channel._tickets.Writer.WaitToWriteAsync(cancellationToken);

        public override bool TryComplete(Exception? error = null) => channel._tickets.Writer.TryComplete(error);
    }

    private sealed class Taking(FairChannel<T> channel) : ChannelReader<T>
    {
        public override bool CanCount => true;

        public override int Count => channel._tickets.Reader.Count;

        public override bool TryRead(out T item)
        {
            if (channel._tickets.Reader.TryRead(out _)) // whoever holds a ticket finds an item
                lock (channel._gate)
                    return channel._lanes.TryTake(out item);
            item = default!;
            return false;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => channel._tickets.Reader.WaitToReadAsync(cancellationToken);
    }
}
