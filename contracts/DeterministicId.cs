using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recado.Contracts;

/// <summary>Ids from natural keys (UUIDv5, RFC 9562), so that every hop may run twice and mean once.</summary>
public static class DeterministicId
{
    private static readonly byte[] Namespace = new Guid("6f1d3c52-8c0e-5a44-9b7e-52454341444f").ToByteArray(bigEndian: true);

    /// <summary>The id of a list of fields. Fields are length-prefixed: ("ab","c") and ("a","bc") differ.</summary>
    public static Guid Of(params ReadOnlySpan<string> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Namespace);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        Span<byte> digest = stackalloc byte[20];
        hash.GetHashAndReset(digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x50);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
