using Recado.Platform.Bootstrap;
using Recado.Platform.Credentials;

namespace Recado.AutomationMatcher;

/// <summary>The tokens of those who may read a timeline: whoever may report events may see what became of them.</summary>
public sealed class ReaderCredentials(MatcherDatabase database, BootstrapBundle bundle, TimeProvider time, ILogger<ReaderCredentials> log)
    : CredentialBook(database, bundle, time, log);
