using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recado.GatewayEmulator.Behaviours;
using Recado.GatewayEmulator.Callbacks;
using Recado.GatewayEmulator.Instances;
using Recado.GatewayEmulator.Messages;
using Recado.GatewayEmulator.Replies;
using Recado.GatewayEmulator.Sending;
using Recado.Platform;

namespace Recado.GatewayEmulator;

/// <summary>
/// Stands in for the WhatsApp gateway in the EZ API / Z-API dialect: takes sends, keeps them in memory, posts the
/// callbacks that a phone would cause, and fails on request. It has no database and no bus.
/// </summary>
public sealed class GatewayEmulatorService : IService
{
    public string Name => "gateway-emulator";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmulatorOptions>().Bind(configuration.GetSection(EmulatorOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmulatorOptions>, EmulatorOptionsCheck>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EmulatorOptions>>().Value);

        // The web server logs every address, and the gateway's addresses hold tokens and phones.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new GatewayIds(RandomNumberGenerator.Fill));

        services.AddSingleton<Counts>();
        services.AddSingleton<CurrentBehaviour>();
        services.AddSingleton<GatewayInstances>();
        services.AddSingleton<KeptMessages>();
        services.AddSingleton<AcceptedSends>();
        services.AddSingleton<FaultPlayer>();
        services.AddSingleton<CallbackSender>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackSender>());
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        MapGateway(routes.MapGroup(""));

        // One process serves all of Recado in the single-process host: there the gateway lives below /emulator.
        var emulator = routes.MapGroup("/emulator");
        MapGateway(emulator);
        emulator.MapMessages();
        emulator.MapBehaviour();
        emulator.MapReplies();
        emulator.MapConnection();
    }

    private static void MapGateway(RouteGroupBuilder routes)
    {
        var gateway = routes.MapGroup("/instances/{instanceId}/token/{token}");
        gateway.MapSends();
        gateway.MapInstance();
    }
}
