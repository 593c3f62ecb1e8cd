using System.Buffers.Binary;
using System.Text;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>
/// What travels between the stages: two ids, a number, a text, and filling up to the length that the suite's message has.
/// No JSON: there is no domain, and this is the cheapest that carries what the next stage needs.
/// </summary>
/// <param name="Id">Of this message; the same cause always makes the same one.</param>
/// <param name="Event">What it is about: the webhook that started it.</param>
/// <param name="Number">What kind of it: the place of a status, or of a webhook.</param>
/// <param name="Text">A phone, or the gateway's id of a message.</param>
/// <param name="Rest">The webhook's own bytes, where they are still needed.</param>
public readonly record struct Slip(Guid Id, Guid Event, byte Number, string Text, ReadOnlyMemory<byte> Rest = default)
{
    private const int Fixed = 16 + 16 + 1 + 1 + 2;

    /// <summary>The id of what this message causes.</summary>
    public Guid Next(byte step)
    {
        Span<byte> bytes = stackalloc byte[16];
        Id.TryWriteBytes(bytes);
        bytes[15] ^= step;
        bytes[14] = (byte)((bytes[14] << 3) + step); // so that the same two steps in the other order make another id
        return new(bytes);
    }

    /// <param name="size">At least so many bytes.</param>
    public byte[] ToBytes(int size)
    {
        var text = Encoding.UTF8.GetByteCount(Text);
        var bytes = new byte[Math.Max(size, Fixed + text + Rest.Length)];
        Id.TryWriteBytes(bytes);
        Event.TryWriteBytes(bytes.AsSpan(16));
        (bytes[32], bytes[33]) = (Number, (byte)text);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(34), (ushort)Rest.Length);
        Encoding.UTF8.GetBytes(Text, bytes.AsSpan(Fixed));
        Rest.CopyTo(bytes.AsMemory(Fixed + text));
        bytes.AsSpan(Fixed + text + Rest.Length).Fill((byte)'x');
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote, into memory of its own.</summary>
    public static Slip Of(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[33];
        var rest = BinaryPrimitives.ReadUInt16LittleEndian(bytes[34..]);
        return new(new(bytes[..16]), new(bytes[16..32]), bytes[32], Encoding.UTF8.GetString(bytes.Slice(Fixed, text)), bytes.Slice(Fixed + text, rest).ToArray());
    }
}
