using System.Net;
using System.Net.Sockets;

namespace Recado.Tests.Infrastructure;

/// <summary>TCP ports for servers on the loopback address.</summary>
public static class Ports
{
    // Below the range that systems take client ports from: a server that was killed and comes back finds its port
    // still free, and a client that tries the dead port again and again cannot connect to itself.
    private const int First = 12_000;
    private const int Last = 31_999;
    private static readonly HashSet<int> Given = [];

    /// <summary>A port that nobody listens on now and that this run has not given before.</summary>
    public static int Free()
    {
        lock (Given)
        {
            for (var attempt = 0; attempt < 1_000; attempt++)
            {
                var port = Random.Shared.Next(First, Last + 1);
                if (!Given.Contains(port) && CanListen(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
        throw new InvalidOperationException("No free port was found.");
    }

    private static bool CanListen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
