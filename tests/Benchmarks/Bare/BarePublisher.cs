using RabbitMQ.Client;

namespace Recado.Tests.Benchmarks.Bare;

/// <summary>
/// Publishes a batch and waits once for all its confirms. It counts them itself: the client's own tracking makes a task
/// and a header for every message.
/// </summary>
public sealed class BarePublisher
{
    private static readonly BasicProperties Durable = new() { Persistent = true };
    private readonly IChannel channel;
    private readonly Lock gate = new();
    private ulong lowest = 1;
    private ulong next = 1;
    private readonly HashSet<ulong> early = [];
    private TaskCompletionSource done = new();

    private BarePublisher(IChannel channel) => this.channel = channel;

    public static async Task<BarePublisher> OpenAsync(IConnection connection)
    {
        var publisher = new BarePublisher(await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false)));
        publisher.channel.BasicAcksAsync += (_, ack) => publisher.Confirmed(ack.DeliveryTag, ack.Multiple);
        publisher.channel.BasicNacksAsync += (_, _) => throw Fatal("The broker refused a message.");
        publisher.channel.BasicReturnAsync += (_, _) => throw Fatal("No queue took a message.");
        return publisher;
    }

    /// <summary>Returns when the broker has confirmed all of them.</summary>
    public async Task PublishAsync(IReadOnlyList<OutboxRow> rows)
    {
        lock (gate)
        {
            done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            next += (ulong)rows.Count;
        }
        foreach (var row in rows)
            await channel.BasicPublishAsync("", row.Hop.Queue, mandatory: true, Durable, row.Body);
        await done.Task;
    }

    private Task Confirmed(ulong tag, bool multiple)
    {
        lock (gate)
        {
            if (multiple)
                lowest = Math.Max(lowest, tag + 1);
            else
                early.Add(tag);
            while (early.Remove(lowest))
                lowest++;
            if (lowest == next)
            {
                early.Clear();
                done.TrySetResult();
            }
        }
        return Task.CompletedTask;
    }

    private static InvalidOperationException Fatal(string what)
    {
        Environment.FailFast(what);
        return new(what);
    }
}
