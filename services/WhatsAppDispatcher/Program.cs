using Recado.Platform;
using Recado.WhatsAppDispatcher;

await ServiceHost.RunAsync(args, new WhatsAppDispatcherService());
