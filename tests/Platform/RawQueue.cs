using RabbitMQ.Client;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Platform;

/// <summary>A virtual host of its own on the shared broker, looked at with the bare client.</summary>
public sealed class RawQueue : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private RawQueue(string broker, IConnection connection, IChannel channel) => (Broker, this.connection, this.channel) = (broker, connection, channel);

    /// <summary>As the setting takes it.</summary>
    public string Broker { get; }

    public static async Task<RawQueue> CreateAsync()
    {
        var server = await Servers.RabbitMqAsync();
        var name = $"test-{Guid.NewGuid():N}";
        await server.AddVirtualHostAsync(name);
        var connection = await new ConnectionFactory { Uri = new(server.AmqpUri(name)) }.CreateConnectionAsync();
        return new(server.AmqpUri(name), connection, await connection.CreateChannelAsync());
    }

    /// <summary>Keeps what is published to an exchange from now on.</summary>
    public async Task BindAsync(string exchange)
    {
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync($"raw.{exchange}", durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync($"raw.{exchange}", exchange, "");
    }

    /// <summary>Takes all that a bound exchange has kept; the messages' ids in their order.</summary>
    public async Task<List<Guid>> DrainAsync(string exchange)
    {
        var ids = new List<Guid>();
        while (await channel.BasicGetAsync($"raw.{exchange}", autoAck: true) is { } message)
            ids.Add(Guid.Parse(message.BasicProperties.MessageId!));
        return ids;
    }

    /// <summary>The number of messages in a queue, 0 where there is no such queue.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var asking = await connection.CreateChannelAsync(); // asking for what is not there closes the channel
        try
        {
            return await asking.MessageCountAsync(queue);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
