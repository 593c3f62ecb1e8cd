using Recado.Platform;

namespace Recado.WhatsAppDispatcher;

/// <summary>To be filled.</summary>
public sealed class WhatsAppDispatcherService : IService
{
    public string Name => "whatsapp-dispatcher";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
