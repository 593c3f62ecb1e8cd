using Recado.Platform.Bootstrap;
using Recado.Platform.Credentials;

namespace Recado.Ingest;

/// <summary>The tokens of those who may send.</summary>
public sealed class SenderCredentials(IngestDatabase database, BootstrapBundle bundle, ILogger<SenderCredentials> log)
    : CredentialBook(database, bundle, log);
