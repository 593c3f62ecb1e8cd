using Recado.Ingest;
using Recado.Platform;

await ServiceHost.RunAsync(args, new IngestService());
