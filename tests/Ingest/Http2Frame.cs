using System.Buffers.Binary;
using System.Text;

namespace Recado.Tests.Ingest;

/// <summary>A frame of HTTP/2 (RFC 9113), as far as a rude client needs it.</summary>
internal sealed record Http2Frame(byte Type, int Stream, byte[] Payload)
{
    public static byte[] Of(byte type, byte flags, int stream, byte[] payload)
    {
        var head = new byte[9];
        (head[0], head[1], head[2]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length);
        (head[3], head[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), stream);
        return [.. head, .. payload];
    }

    /// <summary>A POST whose body is announced and does not come: HEADERS with END_HEADERS only.</summary>
    public static byte[] Headers(int stream, string path, string authorization) =>
        // HPACK: :method POST and :scheme http of the static table, the rest literal and without index.
        Of(1, 4, stream, [0x83, 0x86, .. Literal(":path", path), .. Literal(":authority", "x"), .. Literal("authorization", authorization), .. Literal("content-length", "10")]);

    public static async Task<Http2Frame> ReadUntilAsync(Stream stream, Func<Http2Frame, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, patience.Token);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, patience.Token);
            var frame = new Http2Frame(head[3], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
            if (wanted(frame))
                return frame;
        }
    }

    /// <summary>Of a SETTINGS frame.</summary>
    public Dictionary<int, uint> Settings() => Enumerable.Range(0, Payload.Length / 6).ToDictionary(
        i => (int)BinaryPrimitives.ReadUInt16BigEndian(Payload.AsSpan(i * 6)), i => BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan((i * 6) + 2)));

    private static byte[] Literal(string name, string value) => [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
