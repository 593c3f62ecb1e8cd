using Recado.TemplateRenderer;
using Recado.Platform;

await ServiceHost.RunAsync(args, new TemplateRendererService());
