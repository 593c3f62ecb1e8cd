using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Hosting;

namespace Recado.Platform.Bus;

/// <summary>MassTransit as Recado uses it: transport, topology, health and spans; plain JSON on the wire.</summary>
internal static class BusSetup
{
    public static void AddBus(this IServiceCollection services, Consumers consumers, bool inMemory)
    {
        services.AddSettings<BusOptions>();
        services.AddSingleton<Publisher>();
        foreach (var registration in consumers.Registrations)
            registration.AddServices(services);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (inMemory)
                bus.UsingInMemory((context, memory) => ConfigureInMemory(memory, context, consumers));
            else
                bus.UsingRabbitMq((context, rabbit) => ConfigureRabbitMq(rabbit, context, consumers));
        });
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false; // webhooks are accepted while the broker is away; the relay waits for it
            host.StopTimeout = TimeSpan.FromSeconds(20);
        });
    }

    private static void ConfigureInMemory(IInMemoryBusFactoryConfigurator bus, IBusRegistrationContext context, Consumers consumers)
    {
        UsePlainJson(bus);
        foreach (var registration in consumers.Registrations)
            bus.ReceiveEndpoint(registration.Queue(context), endpoint =>
            {
                ConfigureEndpoint(endpoint, context, registration);
                endpoint.Bind(registration.Exchange);
            });
    }

    private static void ConfigureRabbitMq(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context, Consumers consumers)
    {
        bus.Host(new Uri(context.GetRequiredService<IOptions<BusOptions>>().Value.Broker), host =>
        {
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(10));
        });
        UsePlainJson(bus);
        foreach (var registration in consumers.Registrations)
            bus.ReceiveEndpoint(registration.Queue(context), endpoint =>
            {
                ConfigureEndpoint(endpoint, context, registration);
                endpoint.SetQuorumQueue();
                endpoint.Bind(registration.Exchange);
            });
    }

    private static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint, IServiceProvider services, ConsumerRegistration registration)
    {
        var prefetch = services.GetRequiredService<IOptions<BusOptions>>().Value.Prefetch;
        endpoint.ConfigureConsumeTopology = false; // exchanges carry the wire names, not the names of .NET types
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = prefetch;
        endpoint.ConcurrentMessageLimit = prefetch;
        endpoint.UseMessageRetry(retry => retry.Immediate(2));
        registration.Configure(endpoint, services);
    }

    private static void UsePlainJson(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType | RawSerializerOptions.AddTransportHeaders, isDefault: true);
        bus.ConfigureJsonSerializerOptions(json =>
        {
            json.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
            return json;
        });
    }
}
