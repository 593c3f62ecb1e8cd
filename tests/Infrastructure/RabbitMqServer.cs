using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Infrastructure;

/// <summary>A private RabbitMQ node on free ports of the loopback address. Stops, dies and comes back with its data on the same port.</summary>
public abstract class RabbitMqServer : IAsyncDisposable
{
    protected const string Guest = "guest";
    private static readonly byte[] AmqpHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    protected RabbitMqServer(bool management) => ManagementPort = management ? Ports.Free() : null;

    /// <summary>Where AMQP is spoken; the same in every life of the server.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>The management plugin's HTTP API (user guest, password guest), null unless asked for.</summary>
    public Uri? ManagementUri => ManagementPort is { } port ? new Uri($"http://127.0.0.1:{port}/") : null;

    protected int? ManagementPort { get; }

    /// <summary>For a client, with user and password.</summary>
    /// <param name="virtualHost">One made by <see cref="AddVirtualHostAsync"/>; without it the default one.</param>
    /// <param name="port">Of a proxy before it; its own unless given.</param>
    public string AmqpUri(string virtualHost = "", int? port = null) => $"amqp://{Guest}:{Guest}@127.0.0.1:{port ?? Port}/{virtualHost}";

    /// <summary>The first process of the server in its current life, whose children do its work; null where it is not a child of this one (a container).</summary>
    public virtual int? ProcessId => null;

    /// <summary>Starts it, for the first time or again, and waits until it answers.</summary>
    public abstract Task StartAsync();

    /// <summary>An orderly shutdown.</summary>
    public abstract Task StopAsync();

    /// <summary>kill -9.</summary>
    public abstract Task KillAsync();

    /// <summary>Deletes everything that a stopped or killed server kept: queues, messages, virtual hosts.</summary>
    public abstract Task WipeAsync();

    /// <summary>Makes a virtual host that only its maker uses, so that one server serves many tests.</summary>
    /// <param name="name">Letters, digits and hyphens.</param>
    public abstract Task AddVirtualHostAsync(string name);

    /// <summary>Raises its disk alarm or ends it: while it lasts, the broker reads nothing from whoever publishes.</summary>
    public abstract Task BlockPublishersAsync(bool blocked);

    /// <summary>From now on a channel that is opened and holds a message for longer is closed, within about as long again.</summary>
    public abstract Task CloseChannelsThatHoldAsync(TimeSpan longest);

    /// <summary>Stops it and deletes its data.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>How long a channel may hold a message, and how often that is looked at, in ms.</summary>
    protected static Dictionary<string, long> SettingsOf(TimeSpan longestHold) =>
        new() { ["consumer_timeout"] = (long)longestHold.TotalMilliseconds, ["channel_tick_interval"] = (long)longestHold.TotalMilliseconds };

    /// <summary>Whether the AMQP header is answered now.</summary>
    public async Task<bool> AnswersAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, deadline.Token);
            await client.GetStream().WriteAsync(AmqpHeader, deadline.Token);
            var answer = new byte[1];
            // Connection.Start comes in a method frame, whose type is 1.
            return await client.GetStream().ReadAsync(answer, deadline.Token) == 1 && answer[0] == 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
