using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>Plain RabbitMQ.Client: quorum queues, one connection to publish and one to consume, as its guide advises.</summary>
public sealed class BareBroker
{
    /// <summary>Messages on the way to a consumer, and the most that one transaction handles.</summary>
    private const ushort Prefetch = 500;

    private readonly IConnection publishing;
    private readonly IConnection consuming;

    private BareBroker(IConnection publishing, IConnection consuming) => (this.publishing, this.consuming) = (publishing, consuming);

    public static async Task<BareBroker> ConnectAsync(string address)
    {
        var factory = new ConnectionFactory { Uri = new(address) };
        var broker = new BareBroker(await factory.CreateConnectionAsync(), await factory.CreateConnectionAsync());
        await using var channel = await broker.consuming.CreateChannelAsync();
        foreach (var hop in Hop.All)
            await channel.QueueDeclareAsync(hop.Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        return broker;
    }

    /// <summary>A channel of its own to publish on.</summary>
    public Task<BarePublisher> PublisherAsync() => BarePublisher.OpenAsync(publishing);

    /// <summary>Brings messages in batches; each batch is acknowledged with one frame after it is done.</summary>
    public async Task ConsumeAsync(Hop hop, Func<List<Slip>, Task> handle)
    {
        var channel = await consuming.CreateChannelAsync();
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var batches = new Batches<(Slip Slip, ulong Tag)>(Prefetch, async batch =>
        {
            await handle(batch.ConvertAll(each => each.Slip));
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true);
        });
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            batches.Add((Slip.Of(delivery.Body.Span), delivery.DeliveryTag));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(hop.Queue, autoAck: false, consumer);
    }
}
