using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Contracts;
using Recado.Platform.Data;
using Recado.Platform.DeadLetters;

namespace Recado.Platform.Bus;

/// <summary>What the services of this process listen to: one queue per service and message.</summary>
public sealed class Consumers
{
    private readonly List<ConsumerRegistration> _registrations = [];

    internal IReadOnlyList<ConsumerRegistration> Registrations => _registrations;

    /// <summary>Listens to <typeparamref name="TMessage"/> on the queue <c>schema.message</c>, for example <c>normalizer.webhook-received</c>.</summary>
    /// <param name="canWait">True where the service is ready without its broker, as far as this message is concerned.</param>
    public Consumers Add<TMessage, THandler, TDatabase>(bool canWait = false)
        where TMessage : class, IMessage
        where THandler : class, IHandle<TMessage>
        where TDatabase : Database
    {
        _registrations.Add(new ConsumerRegistration<TMessage, THandler, TDatabase> { CanWait = canWait });
        return this;
    }

    /// <summary>The queue on which a service takes a message.</summary>
    internal static string QueueOf(Database database, Type message) =>
        $"{database.Schema.Replace('_', '-')}.{MessageTypes.WireNameOf(message)["recado.".Length..]}";
}

/// <summary>Something that listens to a queue.</summary>
internal abstract class ConsumerRegistration
{
    /// <summary>Where the broker puts what it has delivered too often.</summary>
    public const string DeadSuffix = ".dead";

    public abstract Type Message { get; }

    public string Exchange => MessageTypes.WireNameOf(Message);

    /// <summary>True where nobody misses it while the broker is away.</summary>
    public bool CanWait { get; init; }

    public abstract void AddServices(IServiceCollection services);

    /// <summary>The process stops: what cannot be done by then is given back.</summary>
    public abstract void StopWithin(TimeSpan grace, IServiceProvider services);

    public abstract string Queue(IServiceProvider services);

    public abstract void Configure(IReceiveEndpointConfigurator endpoint, IServiceProvider services);

    /// <summary>Of the queue that takes what was delivered too often.</summary>
    public abstract void ConfigureDead(IReceiveEndpointConfigurator endpoint, IServiceProvider services);
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

    public override void StopWithin(TimeSpan grace, IServiceProvider services) =>
        services.GetRequiredService<BatchConsumer<TMessage, THandler, TDatabase>>().StopWithin(grace);

    public override string Queue(IServiceProvider services) => Consumers.QueueOf(services.GetRequiredService<TDatabase>(), Message);

    public override void Configure(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        var consumer = services.GetRequiredService<BatchConsumer<TMessage, THandler, TDatabase>>();
        consumer.Queue = Queue(services);
        QueueMetrics.Begin(consumer.Queue);
        var shortWay = new ShortWay<TMessage>(consumer.ConsumeAsync, services.GetRequiredService<ILogger<ShortWay<TMessage>>>(),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(shortWay));
        endpoint.UseMessageRetry(retry => retry.Immediate(1)); // the third time: the short way was the first
        endpoint.ConfigureError(pipe => pipe.UseFilter(DeadLetters(services, killed: false)));
        endpoint.Handler<TMessage>(context => consumer.ConsumeAsync(context.Message, context.Headers));
    }

    public override void ConfigureDead(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        endpoint.ConfigureError(pipe => pipe.UseFilter(DeadLetters(services, killed: true)));
        endpoint.Handler<TMessage>(_ => throw new DeliveredTooOftenException());
    }

    private KeepDeadLetters<TMessage> DeadLetters(IServiceProvider services, bool killed)
    {
        IHandle<TMessage> handler = services.GetRequiredService<THandler>();
        return new(Queue(services), Exchange, killed, handler.WhenDead, services.GetRequiredService<TDatabase>(), services.GetRequiredService<MessagingSpans>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>().CreateLogger("Recado.Platform.DeadLetters"),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }
}
