using System.Net.Sockets;
using RabbitMQ.Client;

namespace Recado.Platform.Bus;

/// <summary>
/// The socket to RabbitMQ, whose read time-out counts. RabbitMQ.Client sets one (twice the heartbeat; the broker says
/// something every half), but it reads asynchronously, and there .NET's stream knows no time-out. So only its heartbeat
/// timer notices a broker that is silent, after three to four heartbeats, and closes the connection beside the reading
/// loop. If that ends first, for example by a reset while consumers are being stopped, the timer's closing throws where
/// nobody can catch it, and the process ends (rabbitmq-dotnet-client #1884, mended in 7.2.1). With the time-out the
/// reading loop notices first, and closes alone.
/// </summary>
public sealed class BrokerSocket(Socket socket) : TcpClientAdapter(socket)
{
    /// <summary>Makes every connection of the factory use it.</summary>
    public static Task UseAsync(ConnectionFactory factory)
    {
        factory.SocketFactory = family => new BrokerSocket(new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override NetworkStream GetStream() => new TimedStream(Client);

    private sealed class TimedStream(Socket socket) : NetworkStream(socket)
    {
        /// <inheritdoc/>
        public override int ReadTimeout { get; set; } = Timeout.Infinite;

        /// <exception cref="EndOfStreamException">Nothing came in time.</exception>
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(ReadTimeout);
            try
            {
                return await base.ReadAsync(buffer, silence.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new EndOfStreamException($"The broker was silent for {ReadTimeout} ms");
            }
        }
    }
}
