using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.Hosting;
using Recado.Platform.Refill;

namespace Recado.Platform.Bus;

/// <summary>MassTransit as Recado uses it: transport, topology and health; plain JSON on the wire.</summary>
internal static class BusSetup
{
    public static void AddBus(this IServiceCollection services, Consumers consumers, bool inMemory)
    {
        services.AddSettings<BusOptions>();
        services.AddSingleton<MessagingSpans>();
        if (inMemory)
            services.AddSingleton<Publisher, MemoryPublisher>();
        else
            services.AddSingleton<Publisher, BrokerPublisher>();
        services.AddSingleton<HandledThrough>();
        services.AddHostedService<TellProgress>();
        services.AddSingleton<BrokerMemory>();
        services.AddReceiveEndpointObserver<BrokerMemory>(provider => provider.GetRequiredService<BrokerMemory>());
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
        services.AddHostedService(provider => new StopBatches(consumers, provider)); // after the bus: what is added last stops first
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false; // webhooks are accepted while the broker is away; the relay waits for it
            host.StopTimeout = TimeSpan.FromSeconds(10); // a batch takes milliseconds; one that waits for the database would wait for ever
        });
    }

    private static void ConfigureInMemory(IInMemoryBusFactoryConfigurator bus, IBusRegistrationContext context, Consumers consumers)
    {
        UsePlainJson(bus);
        foreach (var registration in consumers.Registrations)
            bus.ReceiveEndpoint(registration.Queue(context), endpoint =>
            {
                ConfigureEndpoint(endpoint, context);
                registration.Configure(endpoint, context);
                endpoint.Bind(registration.Exchange);
            });
        foreach (var database in context.GetServices<Database>())
            bus.ReceiveEndpoint(ProgressQueue(database), endpoint =>
            {
                ConfigureProgress(endpoint, database);
                endpoint.Bind(MessageTypes.WireNameOf(typeof(MessagesHandled)));
            });
    }

    private static void ConfigureRabbitMq(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context, Consumers consumers)
    {
        bus.Host(new Uri(context.GetRequiredService<IOptions<BusOptions>>().Value.Broker), host =>
        {
            host.PublisherConfirmation = true;
            host.Heartbeat(BrokerPublisher.Heartbeat);
        });
        UsePlainJson(bus);
        foreach (var registration in consumers.Registrations)
            ConfigureQueues(bus, context, registration, registration.Queue(context));
        foreach (var database in context.GetServices<Database>())
            bus.ReceiveEndpoint(ProgressQueue(database), endpoint =>
            {
                ConfigureProgress(endpoint, database);
                LeaveClosedChannels(endpoint, ProgressQueue(database), context);
                endpoint.SetQueueArgument("x-max-length", 1000); // of a service that is away for long; only the latest count
                endpoint.Bind(MessageTypes.WireNameOf(typeof(MessagesHandled)));
            });
    }

    private static void ConfigureQueues(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context, ConsumerRegistration registration, string queue)
    {
        bus.ReceiveEndpoint(queue + ConsumerRegistration.DeadSuffix, endpoint =>
        {
            ConfigureEndpoint(endpoint, context);
            LeaveClosedChannels(endpoint, queue + ConsumerRegistration.DeadSuffix, context);
            endpoint.SetQuorumQueue();
            registration.ConfigureDead(endpoint, context);
        });
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            ConfigureEndpoint(endpoint, context);
            LeaveClosedChannels(endpoint, queue, context);
            endpoint.SetQuorumQueue();
            LimitDeliveries(endpoint, queue);
            registration.Configure(endpoint, context);
            endpoint.Bind(registration.Exchange);
        });
    }

    private static string ProgressQueue(Database database) => $"{database.Schema.Replace('_', '-')}.messages-handled";

    private static void ConfigureProgress(IReceiveEndpointConfigurator endpoint, Database database)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.Handler<MessagesHandled>(context => database.RememberAsync(context.Message, context.CancellationToken));
    }

    private static void LeaveClosedChannels(IRabbitMqReceiveEndpointConfigurator endpoint, string queue, IServiceProvider services)
    {
        var log = services.GetRequiredService<ILogger<LeaveClosedChannel>>();
        endpoint.ConfigureChannel(channel => channel.UseFilter(new LeaveClosedChannel(queue, log)));
    }

    /// <summary>
    /// A message that kills the process is given back by the broker each time; after ten times it goes aside, confirmed
    /// by the queue that takes it.
    /// </summary>
    private static void LimitDeliveries(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        endpoint.SetQueueArgument("x-delivery-limit", 10);
        endpoint.SetQueueArgument("x-dead-letter-exchange", "");
        endpoint.SetQueueArgument("x-dead-letter-routing-key", queue + ConsumerRegistration.DeadSuffix);
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish"); // what at-least-once asks for
    }

    private static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        var prefetch = services.GetRequiredService<IOptions<BusOptions>>().Value.Prefetch;
        endpoint.ConfigureConsumeTopology = false; // exchanges carry the wire names, not the names of .NET types
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = prefetch;
        endpoint.ConcurrentMessageLimit = prefetch;
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
