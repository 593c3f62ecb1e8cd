using System.Net;
using System.Net.Sockets;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.WhatsAppDispatcher.ZApi;

/// <summary>Gives the addresses of a host; <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/> in production.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellation);

/// <summary>The host of a gateway is not where a gateway may be. Nothing was sent.</summary>
public sealed class GatewayNotAllowedException() : Exception("The gateway's address is not allowed.");

/// <summary>
/// Connects to gateways. The name is resolved here, each address is checked, and the connection goes to a checked address:
/// a name that resolves differently a moment later leads nowhere else.
/// </summary>
public sealed class GatewayConnections(GatewayRules rules, ResolveHost resolve)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>; TLS follows on top, and checks the name.</summary>
    /// <exception cref="GatewayNotAllowedException">No address of the host is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        var allowed = rules.Allowed(context.InitialRequestMessage.RequestUri!, addresses);
        if (allowed.Length == 0 && addresses.Length > 0)
            throw new GatewayNotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellation);
#if FAULTS
            Platform.Faults.CrashPoints.Reach(Platform.Faults.CrashPoints.DispatchConnected);
#endif
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
