using Recado.Contracts;
using Recado.Platform.Bootstrap;
using Recado.Platform.Credentials;

namespace Recado.Normalizer;

/// <summary>
/// Who may see payloads: the store itself, by its Events API key. A partner's key may not, since payloads of other
/// senders hold what those know of the store's customers.
/// </summary>
public sealed class ReaderCredentials(NormalizerDatabase database, BootstrapBundle bundle, TimeProvider time, ILogger<ReaderCredentials> log)
    : CredentialBook(database, bundle, time, log)
{
    /// <summary>The store whose Events API key the request shows as a bearer token; null without one.</summary>
    public string? StoreOf(HttpContext http) => Find(http, TokenOf(http.Request, bearerOnly: true), Sources.Events)?.StoreId;
}
