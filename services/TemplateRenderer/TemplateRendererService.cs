using Recado.Platform;

namespace Recado.TemplateRenderer;

/// <summary>To be filled.</summary>
public sealed class TemplateRendererService : IService
{
    public string Name => "template-renderer";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
