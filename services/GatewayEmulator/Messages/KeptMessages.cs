namespace Recado.GatewayEmulator.Messages;

/// <summary>The newest accepted messages, within the bounds of the settings, found by phone at once. Thread-safe.</summary>
public sealed class KeptMessages(EmulatorOptions options)
{
    private readonly Lock gate = new();
    private readonly Queue<AcceptedMessage> all = new();
    private readonly Dictionary<string, Queue<AcceptedMessage>> byPhone = new(StringComparer.Ordinal);
    private long bytes;
    private long dropped;

    /// <summary>Keeps the message; the oldest go when there are too many, or they are too large.</summary>
    public void Add(AcceptedMessage message)
    {
        lock (gate)
        {
            all.Enqueue(message);
            bytes += message.Size;
            if (!byPhone.TryGetValue(message.Phone, out var ofPhone))
                byPhone[message.Phone] = ofPhone = new(capacity: 1);
            ofPhone.Enqueue(message);
            while (all.Count > options.MaxMessages || (bytes > options.MaxKeptBytes && all.Count > 1))
                DropOldest();
        }
    }

    /// <summary>Oldest first, from the message with this index on; indices count accepted messages since the last clear.</summary>
    public AcceptedMessage[] From(long since)
    {
        lock (gate)
        {
            var skip = Math.Clamp(since - dropped, 0, all.Count);
            return skip == 0 ? all.ToArray() : [.. all.Skip((int)skip)];
        }
    }

    /// <summary>Those to exactly this phone, oldest first.</summary>
    public AcceptedMessage[] To(string phone)
    {
        lock (gate)
            return byPhone.TryGetValue(phone, out var ofPhone) ? ofPhone.ToArray() : [];
    }

    public void Clear()
    {
        lock (gate)
        {
            foreach (var message in all)
                message.Forget();
            all.Clear();
            byPhone.Clear();
            bytes = 0;
            dropped = 0;
        }
    }

    private void DropOldest()
    {
        var oldest = all.Dequeue();
        bytes -= oldest.Size;
        dropped++;
        oldest.Forget();

        // The oldest of all is also the oldest of its phone.
        var ofPhone = byPhone[oldest.Phone];
        ofPhone.Dequeue();
        if (ofPhone.Count == 0)
            byPhone.Remove(oldest.Phone);
    }
}
