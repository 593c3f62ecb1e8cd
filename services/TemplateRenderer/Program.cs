using Recado.Platform;
using Recado.TemplateRenderer;

await ServiceHost.RunAsync(args, new TemplateRendererService());
