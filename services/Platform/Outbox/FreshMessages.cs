using System.Threading.Channels;

namespace Recado.Platform.Outbox;

/// <summary>
/// Messages that this process has just committed, on their way to the broker from memory: they need not be read again.
/// They are in the outbox as well; what is not published from here, because the process died, the broker was away or too
/// much was waiting, the relay takes from there when their head start is over.
/// </summary>
internal sealed class FreshMessages
{
    /// <summary>For so long they are left to the process that wrote them: <see cref="Patience"/> to begin, and as long again for the confirm.</summary>
    public static readonly TimeSpan Head = TimeSpan.FromSeconds(10);

    /// <summary>What has waited here for longer is left to the relay, or both would publish it.</summary>
    public static readonly TimeSpan Patience = Head / 2;

    // While the broker is away nobody takes them, and a webhook may have 256 KB.
    private const int MostBytes = 16 << 20;

    private readonly Channel<OutboxRow> _rows = Channel.CreateUnbounded<OutboxRow>(new() { SingleReader = true });
    private long _bytes;

    /// <summary>Only after their commit.</summary>
    public void Add(IReadOnlyList<OutboxRow> rows)
    {
        foreach (var row in rows)
            if (Interlocked.Add(ref _bytes, SizeOf(row)) <= MostBytes)
                _rows.Writer.TryWrite(row);
            else
                Interlocked.Add(ref _bytes, -SizeOf(row));
    }

    /// <summary>Returns when there are some.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await _rows.Reader.WaitToReadAsync(cancellation);

    /// <summary>At most so many, the oldest first, and none that has waited too long.</summary>
    public List<OutboxRow> Take(int limit, DateTimeOffset now)
    {
        var taken = new List<OutboxRow>();
        while (taken.Count < limit && _rows.Reader.TryRead(out var row))
        {
            Interlocked.Add(ref _bytes, -SizeOf(row));
            if (now - row.CreatedAt < Patience)
                taken.Add(row);
        }
        return taken;
    }

    // With what a row takes besides its body.
    private static int SizeOf(OutboxRow row) => row.Body.Length + 500;
}
