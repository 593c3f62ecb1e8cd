using Recado.Platform;

namespace Recado.GatewayEmulator;

/// <summary>To be filled.</summary>
public sealed class GatewayEmulatorService : IService
{
    public string Name => "gateway-emulator";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
