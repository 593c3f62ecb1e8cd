using Microsoft.Extensions.DependencyInjection.Extensions;
using Recado.Contracts;
using Recado.Platform;
using Recado.Platform.Bootstrap;
using Recado.Platform.Bus;
using Recado.Platform.Hosting;
using Recado.Platform.Secrets;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Cancelling;
using Recado.WhatsAppDispatcher.Dispatching;
using Recado.WhatsAppDispatcher.Echoes;
using Recado.WhatsAppDispatcher.Erasing;
using Recado.WhatsAppDispatcher.Gateways;
using Recado.WhatsAppDispatcher.Instances;
using Recado.WhatsAppDispatcher.Receipts;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.WhatsAppDispatcher;

/// <summary>Hands messages to the WhatsApp gateway, each once, and follows them to the customer's eyes.</summary>
public sealed class WhatsAppDispatcherService : IService
{
    /// <inheritdoc/>
    public string Name => "whatsapp-dispatcher";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDatabase<DispatcherDatabase>();
        services.AddSettings<DispatcherOptions>("Dispatcher");
        services.AddSecrets();
        services.AddSingleton<GatewayRules>();
        services.AddSingleton<SealedGateways>();
        services.AddSnapshot<GatewayBook>();
        services.TryAddSingleton<ResolveHost>(System.Net.Dns.GetHostAddressesAsync);
        services.AddSingleton<GatewayConnections>();
        services.AddSingleton<ZApiClients>();
        services.AddSingleton<Recording>();
        services.AddSingleton<Sending>();
        services.AddSingleton<Dispatcher>().AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        services.AddHostedService<ExpiredLeases>();
        services.AddHostedService<ParkedReceipts>();
        services.AddHostedService<SettleUncertain>();
        services.AddHostedService<DispatchSampler>();
        services.AddVerb(RotateKeyVerb.Verb);
        services.AddCountersFromZero(DispatcherMetrics.Begin);
    }

    /// <inheritdoc/>
    public void AddConsumers(Consumers consumers) => consumers
        .Add<MessageRendered, QueueMessages, DispatcherDatabase>()
        .Add<MessageCancelled, CancelMessages, DispatcherDatabase>()
        .Add<GatewayReceipt, ApplyReceipts, DispatcherDatabase>()
        .Add<MessageEchoed, HearEchoes, DispatcherDatabase>()
        .Add<InstanceStatusChanged, FollowInstances, DispatcherDatabase>()
        .Add<PersonErased, EraseMessages, DispatcherDatabase>();
}
