using Microsoft.Extensions.Options;
using Recado.Platform.Data;

namespace Recado.Ingest;

/// <summary>Webhooks as they came, and the keys that tell a repeat.</summary>
public sealed class IngestDatabase(IOptions<DatabaseOptions> options, TimeProvider time) : Database("ingest", options, time);
