using Recado.Platform;

namespace Recado.Ingest;

/// <summary>To be filled.</summary>
public sealed class IngestService : IService
{
    public string Name => "ingest";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
