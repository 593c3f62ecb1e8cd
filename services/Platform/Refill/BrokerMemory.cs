using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Recado.Platform.Bus;
using Recado.Platform.Data;

namespace Recado.Platform.Refill;

/// <summary>
/// Whether the broker still has what it confirmed. A queue of the schema, <c>schema.memory</c>, is declared once and never
/// used: a broker that does not know it has been wiped, or is another one. Looked at after every new connection.
/// </summary>
internal sealed class BrokerMemory(IOptions<BusOptions> bus) : IReceiveEndpointObserver
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };
    private readonly ConcurrentDictionary<string, bool> _left = new(); // with a broker in memory, which is empty at every start
    private readonly ConcurrentDictionary<string, int> _settled = new();
    private int _connections;

    /// <summary>Grows with every connection that queues of this process are put on; a new one may be to an empty broker.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>True once this connection was looked at: nothing that is published from now on is published again because of it.</summary>
    public bool IsSettled(Database database) => _settled.TryGetValue(database.Schema, out var connection) && connection == Connections;

    /// <summary>The connection was looked at, and the broker filled again where that was needed.</summary>
    public void Settle(Database database, int connection) => _settled[database.Schema] = connection;

    /// <summary>False on a broker that has never heard of the schema.</summary>
    public async Task<bool> KnowsAsync(Database database, CancellationToken cancellation)
    {
        if (bus.Value.InMemory)
            return _left.ContainsKey(database.Schema);
        await using var connection = await ConnectAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await channel.QueueDeclarePassiveAsync(NameOf(database), cancellation);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    /// <summary>From now on the broker knows the schema.</summary>
    public async Task LeaveAsync(Database database, CancellationToken cancellation)
    {
        if (bus.Value.InMemory)
        {
            _left[database.Schema] = true;
            return;
        }
        await using var connection = await ConnectAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await channel.QueueDeclareAsync(NameOf(database), durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: cancellation);
    }

    public Task Ready(ReceiveEndpointReady ready)
    {
        Interlocked.Increment(ref _connections);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    private static string NameOf(Database database) => $"{database.Schema.Replace('_', '-')}.memory";

    private async Task<IConnection> ConnectAsync(CancellationToken cancellation) =>
        await new ConnectionFactory { Uri = new Uri(bus.Value.Broker), ClientProvidedName = "recado memory" }.CreateConnectionAsync(cancellation);
}
