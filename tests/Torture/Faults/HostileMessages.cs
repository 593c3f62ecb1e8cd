using System.Text;
using RabbitMQ.Client;

namespace Recado.Tests.Torture.Faults;

/// <summary>Messages on the queues that no service of ours would send: they are set aside as dead letters and nothing behind them waits.</summary>
public sealed class HostileMessages(World world, Strikes strikes)
{
    /// <summary>Each goes to every queue.</summary>
    public static readonly IReadOnlyList<string> Bodies = ["", "null", "[]", "{}", "{", "\"text\"", """{"id":7}""", """{"webhookId":"no-uuid","storeId":null}"""];

    public async Task StrikeAsync()
    {
        await world.WaitForConsumersAsync();
        await using var connection = await new ConnectionFactory { Uri = new(world.Processes.Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        foreach (var queue in CrashPoint.QueueNames)
        {
            foreach (var body in Bodies)
                await channel.BasicPublishAsync("", queue, true, new BasicProperties { Persistent = true, ContentType = "application/json" }, Encoding.UTF8.GetBytes(body));
        }
        strikes.Sent(CrashPoint.QueueNames.Count * Bodies.Count);
    }
}
