using Recado.Platform;

namespace Recado.Normalizer;

/// <summary>To be filled.</summary>
public sealed class NormalizerService : IService
{
    public string Name => "normalizer";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
