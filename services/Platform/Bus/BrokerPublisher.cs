using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Recado.Platform.Outbox;

namespace Recado.Platform.Bus;

/// <summary>
/// Straight to RabbitMQ, with a confirm for every message, on a connection of its own: a broker short of memory stops
/// publishers, and consumers have to go on. Half of the CPU that the same costs through MassTransit's send pipeline
/// (ARCHITECTURE.md has the figures).
/// </summary>
internal sealed class BrokerPublisher(IBusControl bus, IOptions<BusOptions> options, MessagingSpans spans, TimeProvider time, ILogger<Publisher> log)
    : Publisher(bus, spans, log), IAsyncDisposable
{
    private sealed record Session(IConnection Connection, IChannel Channel, ConcurrentDictionary<string, Task> Exchanges) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Channel.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }

    /// <summary>A broker that says nothing for three to four of them, 15 to 20 s, is away.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    // Hundreds of messages wait for the same connection: not each of them tries by itself.
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim _opening = new(1);
    private Session? _session;
    private long _failed = long.MinValue;

    protected override async Task SendAsync(OutboxRow row, string? trace, CancellationToken cancellation)
    {
        var session = _session is { Channel.IsOpen: true } open ? open : await OpenAsync(cancellation);
        // A message to an exchange that does not exist would close the channel.
        await DeclareAsync(session, row.WireName, cancellation);
        var mandatory = true;
#if FAULTS
        mandatory = !Faults.PlantedBugs.NonMandatoryPublish;
#endif
        await session.Channel.BasicPublishAsync(row.WireName, "", mandatory, PropertiesOf(row, trace), row.Body, cancellation);
    }

    /// <summary>Once for a session, unless it fails: a broker that blocks does not answer for 20 s, and the session may well live on.</summary>
    private static async Task DeclareAsync(Session session, string exchange, CancellationToken cancellation)
    {
        var declared = session.Exchanges.GetOrAdd(exchange,
            name => session.Channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: CancellationToken.None));
        try
        {
            await declared.WaitAsync(cancellation);
        }
        catch when (declared.IsFaulted || declared.IsCanceled)
        {
            session.Exchanges.TryRemove(new(exchange, declared));
            throw;
        }
    }

    private BasicProperties PropertiesOf(OutboxRow row, string? trace)
    {
        var headers = new Dictionary<string, object?> { [PublishedHeader] = time.GetUtcNow().ToString("O") };
        if (trace is not null)
            headers[TraceHeader] = trace;
        return new() { Persistent = true, ContentType = "application/json", MessageId = row.MessageId.ToString(), Headers = headers };
    }

    private async Task<Session> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_session is { Channel.IsOpen: true } open)
                return open;
            if (_failed != long.MinValue && Stopwatch.GetElapsedTime(_failed) < BetweenAttempts)
                throw new IOException("The broker is away.");
            var dead = _session;
            _session = null;
            if (dead is not null)
                await dead.DisposeAsync();
            return _session = await ConnectAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<Session> ConnectAsync(CancellationToken cancellation)
    {
        var factory = new ConnectionFactory
        {
            Uri = new(options.Value.Broker),
            ClientProvidedName = "recado publisher",
            AutomaticRecoveryEnabled = false, // the next message opens another
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        };
        IConnection? connection = null;
        try
        {
            connection = await factory.CreateConnectionAsync(cancellation);
            return new(connection, await connection.CreateChannelAsync(Confirmed, cancellation), new());
        }
        catch
        {
            _failed = Stopwatch.GetTimestamp(); // only here: those who were told to wait must not put off the next attempt
            if (connection is not null)
                await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
            await session.DisposeAsync();
        _opening.Dispose();
    }
}
