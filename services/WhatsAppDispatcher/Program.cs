using Recado.WhatsAppDispatcher;
using Recado.Platform;

await ServiceHost.RunAsync(args, new WhatsAppDispatcherService());
