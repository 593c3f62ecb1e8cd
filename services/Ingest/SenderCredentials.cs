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

    private static SecretPlace PlaceOf(string store, string tokenSha256) => new(store, "signing", tokenSha256);
}
