using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Normalizer;

/// <summary>The quarantine, and what the sources send that is new.</summary>
public sealed class NormalizerDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("normalizer", options, time);
