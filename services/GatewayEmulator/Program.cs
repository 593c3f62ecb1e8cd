using Recado.GatewayEmulator;
using Recado.Platform;

await ServiceHost.RunAsync(args, new GatewayEmulatorService());
