using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recado.Platform.Secrets;

/// <summary>Where a secret belongs. It opens there and nowhere else: not in another store, column or row.</summary>
/// <param name="Store">The store it belongs to; each store has a key of its own.</param>
/// <param name="Purpose">What it is for, a constant of the code: <c>gateway</c>.</param>
/// <param name="Name">Which one of these: an instance, an id.</param>
public readonly record struct SecretPlace(string Store, string Purpose, string Name);

/// <summary>
/// Encrypts secrets with AES-256-GCM. The key of a store is derived (HKDF-SHA256) from the process's key and never stored.
/// What is sealed is a version, the id of the key, a random nonce, the tag, and the ciphertext.
/// </summary>
public sealed class SecretBox(SecretKeys keys)
{
    private const byte Version = 1;
    private const int NonceAt = 5;
    private const int NonceLength = 12;
    private const int TagAt = NonceAt + NonceLength;
    private const int TagLength = 16;
    private const int Overhead = TagAt + TagLength;

    /// <summary>Encrypts. The same secret looks different each time.</summary>
    public byte[] Seal(SecretPlace place, ReadOnlySpan<byte> secret)
    {
        var box = new byte[Overhead + secret.Length];
        box[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(box.AsSpan(1), keys.Active);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, NonceLength));
        using var aes = new AesGcm(StoreKey(keys.Find(keys.Active)!, place.Store), TagLength);
        aes.Encrypt(box.AsSpan(NonceAt, NonceLength), secret, box.AsSpan(Overhead), box.AsSpan(TagAt, TagLength), Bound(place));
        return box;
    }

    /// <summary>Decrypts what was sealed for this place.</summary>
    /// <exception cref="UnknownKeyException">It was sealed with a key that this process does not have.</exception>
    /// <exception cref="CryptographicException">It was changed, belongs elsewhere, or was never sealed.</exception>
    public byte[] Open(SecretPlace place, ReadOnlySpan<byte> box)
    {
        if (box.Length < Overhead || box[0] != Version)
            throw new CryptographicException("Not a sealed secret.");
        var key = keys.Find(KeyOf(box)) ?? throw new UnknownKeyException();
        var secret = new byte[box.Length - Overhead];
        using var aes = new AesGcm(StoreKey(key, place.Store), TagLength);
        aes.Decrypt(box.Slice(NonceAt, NonceLength), box[Overhead..], box.Slice(TagAt, TagLength), secret, Bound(place));
        return secret;
    }

    /// <summary>False when another key encrypts today: seal it again, and the old key can go.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> box) => box.Length >= Overhead && box[0] == Version && KeyOf(box) == keys.Active;

    /// <summary>How many keys this process has that only decrypt.</summary>
    public int OlderKeys => keys.Older;

    private static uint KeyOf(ReadOnlySpan<byte> box) => BinaryPrimitives.ReadUInt32BigEndian(box[1..]);

    private static byte[] StoreKey(byte[] key, string store) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, SecretKeys.Length, info: Encoding.UTF8.GetBytes("recado store key\0" + store));

    /// <summary>Each part with its length, so that no two places look alike.</summary>
    private static byte[] Bound(SecretPlace place)
    {
        using var bound = new MemoryStream();
        using var writer = new BinaryWriter(bound);
        writer.Write(Version);
        writer.Write(place.Store);
        writer.Write(place.Purpose);
        writer.Write(place.Name);
        return bound.ToArray();
    }
}

/// <summary>A secret was sealed with a key that is not among this process's keys.</summary>
public sealed class UnknownKeyException() : Exception("It is encrypted with a key that is neither in Secrets:KeyFile nor in Secrets:Key.");
