using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Recado.Tests.Infrastructure;

/// <summary>Who listens to a broker's queues; a service may say that it is ready and have lost one.</summary>
public static class Listeners
{
    /// <summary>Waits until somebody listens to each of them.</summary>
    /// <param name="broker">Its AMQP address, with user and password.</param>
    /// <param name="timeout">For each.</param>
    public static async Task AwaitAsync(string broker, IEnumerable<string> queues, TimeSpan timeout)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        foreach (var queue in queues)
            await Until.TrueAsync(() => HasConsumerAsync(connection, queue), timeout, $"somebody listens to {queue}");
    }

    private static async Task<bool> HasConsumerAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return await channel.ConsumerCountAsync(queue) > 0;
        }
        catch (OperationInterruptedException)
        {
            return false; // there is no such queue yet
        }
    }
}
