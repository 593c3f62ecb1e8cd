using Recado.AutomationMatcher;
using Recado.GatewayEmulator;
using Recado.Ingest;
using Recado.Normalizer;
using Recado.Platform;
using Recado.Standalone;
using Recado.TemplateRenderer;
using Recado.WhatsAppDispatcher;

await ServiceHost.RunAsync(args, new StandaloneService(), new IngestService(), new NormalizerService(), new AutomationMatcherService(),
    new TemplateRendererService(), new WhatsAppDispatcherService(), new GatewayEmulatorService());
