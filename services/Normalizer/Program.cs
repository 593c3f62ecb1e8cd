using Recado.Normalizer;
using Recado.Platform;

await ServiceHost.RunAsync(args, new NormalizerService());
