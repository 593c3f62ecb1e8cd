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
        return await OfAsync(server, name);
    }

    /// <summary>Of a server of the caller's own.</summary>
    public static async Task<RawQueue> OfAsync(RabbitMqServer server, string virtualHost = "")
    {
        var connection = await new ConnectionFactory { Uri = new(server.AmqpUri(virtualHost)) }.CreateConnectionAsync();
        return new(server.AmqpUri(virtualHost), connection, await connection.CreateChannelAsync());
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

    /// <summary>Puts bytes on an exchange that nobody of ours would.</summary>
    public async Task PublishAsync(string exchange, byte[] body, Guid? id = null) =>
        await channel.BasicPublishAsync(exchange, "", mandatory: false, new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = id?.ToString() }, body);

    /// <summary>Takes what waits on a queue and dies without an answer, as a process does that a message kills.</summary>
    public async Task TakeAndDieAsync(string queue)
    {
        await using var dying = await new ConnectionFactory { Uri = new(Broker) }.CreateConnectionAsync();
        await using var taking = await dying.CreateChannelAsync();
        await Until.TrueAsync(async () => await taking.BasicGetAsync(queue, autoAck: false) is not null, TimeSpan.FromSeconds(90), "a message waits");
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
