using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Outbox;

/// <summary>A message that waits in the outbox, already in the bytes that will travel.</summary>
internal sealed record OutboxRow(Guid Id, Guid MessageId, string WireName, byte[] Body, string? Trace, DateTimeOffset CreatedAt)
{
    private static long _last; // milliseconds since 1970 and twelve bits of counter

    public static OutboxRow Of(IMessage message, ActivityContext cause, DateTimeOffset now) => new(
        NextId(now),
        message.Id,
        MessageTypes.WireNameOf(message.GetType()),
        JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ContractsJson.Default),
        cause.ToTraceparent(),
        now);

    /// <summary>What the broker has confirmed is not published again.</summary>
    public static void Mark(Guid[] ids, DateTimeOffset now, Transaction transaction) =>
        transaction.Write("update outbox set sent_at = @now where id = any(@ids)", ("now", now), ("ids", ids));

    /// <summary>The smallest id of what is written so much later than another row.</summary>
    internal static Guid FirstIdAfter(Guid id, TimeSpan later)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds + (long)later.TotalMilliseconds) << 16);
        return new Guid(bytes, bigEndian: true);
    }

    // Guid.CreateVersion7 puts chance after the milliseconds, and a batch writes many rows within one: here it is a
    // counter, so that the ids of one process sort as they were written.
    private static Guid NextId(DateTimeOffset now)
    {
        long seen, next;
        do
        {
            seen = Volatile.Read(ref _last);
            next = Math.Max(now.ToUnixTimeMilliseconds() << 12, seen + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, seen) != seen);
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> 12 << 16) | 0x7000 | (next & 0xFFF));
        return new Guid(bytes, bigEndian: true);
    }
}
