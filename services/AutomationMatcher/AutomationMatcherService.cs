using Recado.Platform;

namespace Recado.AutomationMatcher;

/// <summary>To be filled.</summary>
public sealed class AutomationMatcherService : IService
{
    public string Name => "automation-matcher";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
