using Recado.Contracts;
using Recado.Platform;
using Recado.Platform.Bootstrap;
using Recado.Platform.Bus;
using Recado.Platform.Hosting;
using Recado.Platform.Telemetry;
using Recado.TemplateRenderer.Erasing;
using Recado.TemplateRenderer.Requests;
using Recado.TemplateRenderer.Templates;

namespace Recado.TemplateRenderer;

/// <summary>Makes the text of a message from a template and an event.</summary>
public sealed class TemplateRendererService : IService
{
    /// <inheritdoc/>
    public string Name => "template-renderer";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<RendererDatabase>();
        services.AddSnapshot<TemplateBook>();
        services.AddCountersFromZero(RendererMetrics.Begin);
    }

    /// <inheritdoc/>
    public void AddConsumers(Consumers consumers) => consumers
        .Add<MessageRequested, RenderMessages, RendererDatabase>()
        .Add<PersonErased, EraseRequests, RendererDatabase>();
}
