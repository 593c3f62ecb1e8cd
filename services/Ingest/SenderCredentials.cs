using System.Security.Cryptography;
using System.Text.Json;
using Recado.Platform.Bootstrap;
using Recado.Platform.Credentials;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;

namespace Recado.Ingest;

/// <summary>The tokens of those who may send, and the secrets with which some of them sign.</summary>
/// <param name="services">Gives the box for secrets where there are any: an Ingest without signed credentials needs no key.</param>
public sealed class SenderCredentials(IngestDatabase database, BootstrapBundle bundle, TimeProvider time, IServiceProvider services, ILogger<SenderCredentials> log)
    : CredentialBook(database, bundle, time, log)
{
    private readonly IngestDatabase _database = database;

    private SecretBox Box => services.GetRequiredService<SecretBox>();

    /// <inheritdoc/>
    protected override byte[] Seal(string store, string tokenSha256, Signing signing) =>
        Box.Seal(PlaceOf(store, tokenSha256), JsonSerializer.SerializeToUtf8Bytes(signing));

    /// <inheritdoc/>
    protected override Signing Open(string store, string tokenSha256, byte[] stored)
    {
        try
        {
            return JsonSerializer.Deserialize<Signing>(Box.Open(PlaceOf(store, tokenSha256), stored))!;
        }
        // Never a credential without its signing: who could not be checked would be believed.
        catch (Exception exception) when (exception is CryptographicException or UnknownKeyException)
        {
            throw new CannotStartException($"the signing secrets of store '{store}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Seals again what an older key had sealed. Needs a key only where there is something to seal.</summary>
    /// <exception cref="CannotStartException">One is sealed with a key that this process does not have.</exception>
    public async Task<(SealedAnew Count, int OlderKeys)> SealAllAsync(CancellationToken cancellation)
    {
        var rows = await _database.QueryAsync("select token_sha256, store_id, signing from credentials where signing is not null order by token_sha256",
            row => (Hash: row.GetString(0), Store: row.GetString(1), Sealed: row.GetFieldValue<byte[]>(2)), cancellation);
        var count = new SealedAnew(0, 0, 0);
        foreach (var (hash, store, before) in rows)
        {
            var signing = Open(store, hash, before);
            count = Box.IsCurrent(before)
                ? count with { Before = count.Before + 1 }
                : count with { Anew = count.Anew + await ReplaceAsync(hash, before, Seal(store, hash, signing), cancellation) };
        }
        return (count, rows.Count > 0 ? Box.OlderKeys : 0);
    }

    /// <returns>0 where somebody else changed the row meanwhile.</returns>
    private Task<int> ReplaceAsync(string hash, byte[] before, byte[] now, CancellationToken cancellation) => _database.InTransactionAsync(
        transaction => transaction.ExecuteAsync("update credentials set signing = @now where token_sha256 = @hash and signing = @before", cancellation,
            ("now", now), ("hash", hash), ("before", before)), cancellation);

    private static SecretPlace PlaceOf(string store, string tokenSha256) => new(store, "signing", tokenSha256);
}
