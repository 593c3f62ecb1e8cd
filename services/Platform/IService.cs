using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recado.Platform.Bus;

namespace Recado.Platform;

/// <summary>One deployable part of Recado. Its implementation is its table of contents.</summary>
public interface IService
{
    /// <summary>In kebab-case: <c>service.name</c> in telemetry, for example <c>automation-matcher</c>.</summary>
    string Name { get; }

    /// <summary>What the service is made of.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>What the service listens to on the bus.</summary>
    void AddConsumers(Consumers consumers)
    {
    }

    /// <summary>What the service answers over HTTP, health apart.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
