using Microsoft.Extensions.DependencyInjection;
using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.Platform.Bus;

/// <summary>What the services of this process listen to: one queue per service and message.</summary>
public sealed class Consumers
{
    private readonly List<ConsumerRegistration> _registrations = [];

    internal IReadOnlyList<ConsumerRegistration> Registrations => _registrations;

    /// <summary>Listens to <typeparamref name="TMessage"/> on the queue <c>schema.message</c>, for example <c>normalizer.webhook-received</c>.</summary>
    public Consumers Add<TMessage, THandler, TDatabase>()
        where TMessage : class, IMessage
        where THandler : class, IHandle<TMessage>
        where TDatabase : Database
    {
        _registrations.Add(new ConsumerRegistration<TMessage, THandler, TDatabase>());
        return this;
    }
}

internal abstract class ConsumerRegistration
{
    public abstract Type Message { get; }

    public string Exchange => MessageTypes.WireNameOf(Message);

    public abstract void AddServices(IServiceCollection services);

    public abstract string Queue(IServiceProvider services);

    public abstract void Configure(MassTransit.IReceiveEndpointConfigurator endpoint, IServiceProvider services);
}

internal sealed class ConsumerRegistration<TMessage, THandler, TDatabase> : ConsumerRegistration
    where TMessage : class, IMessage
    where THandler : class, IHandle<TMessage>
    where TDatabase : Database
{
    public override Type Message => typeof(TMessage);

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<THandler>();
        services.AddSingleton<BatchConsumer<TMessage, THandler, TDatabase>>();
    }

    public override string Queue(IServiceProvider services) =>
        $"{services.GetRequiredService<TDatabase>().Schema.Replace('_', '-')}.{Exchange["recado.".Length..]}";

    public override void Configure(MassTransit.IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        var consumer = services.GetRequiredService<BatchConsumer<TMessage, THandler, TDatabase>>();
        consumer.Queue = Queue(services);
        MassTransit.HandlerExtensions.Handler<TMessage>(endpoint, consumer.ConsumeAsync);
    }
}
