using System.Buffers.Binary;
using System.Buffers.Text;

namespace Recado.Normalizer.Quarantine;

/// <summary>Where a list goes on. Opaque to callers; rows that come or go meanwhile do not shift it.</summary>
/// <param name="At">The arrival of the last webhook told.</param>
/// <param name="WebhookId">And its id: several may have arrived at once.</param>
internal readonly record struct Cursor(DateTimeOffset At, Guid WebhookId)
{
    private const int Length = 24;

    /// <summary>Before every webhook.</summary>
    public static readonly Cursor First = new(DateTimeOffset.UnixEpoch, Guid.Empty);

    /// <summary>After every webhook.</summary>
    public static readonly Cursor Last = new(new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);

    public static bool TryParse(string text, out Cursor cursor)
    {
        cursor = default;
        if (!Base64Url.IsValid(text, out var length) || length != Length)
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < First.At.Ticks || ticks > Last.At.Ticks)
            return false;
        cursor = new(new(ticks, TimeSpan.Zero), new(bytes.AsSpan(8), bigEndian: true));
        return true;
    }

    public override string ToString()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        WebhookId.TryWriteBytes(bytes.AsSpan(8), bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
