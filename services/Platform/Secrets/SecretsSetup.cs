using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recado.Platform.Hosting;

namespace Recado.Platform.Secrets;

/// <summary>For services that have secrets to keep.</summary>
public static class SecretsSetup
{
    /// <summary>Registers <see cref="SecretBox"/>. A service whose preparation uses it does not start without a key.</summary>
    public static void AddSecrets(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(SecretBox)))
            return;
        services.AddSettings<SecretsOptions>("Secrets");
        services.TryAddSingleton<SecretKeys>();
        services.AddSingleton<SecretBox>();
    }
}
