using System.Net;
using System.Net.Sockets;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>
/// Which addresses are somebody else's on the public internet. Everything else (this machine, this network, the cloud's
/// metadata, tunnels into any of them) is not for a bundle or a DNS server to choose. Source: IANA's special-purpose
/// address registries. Pure.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic4 = Networks(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", // private
        "100.64.0.0/10", // carriers' NAT, and metadata of one cloud
        "127.0.0.0/8", // loopback
        "168.63.129.16/32", // the host of an Azure machine
        "169.254.0.0/16", // link-local, and metadata of most clouds
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments, and metadata of one cloud
        "192.0.2.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "192.168.0.0/16", // private
        "198.18.0.0/15", // benchmarking
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, broadcast

    // Outside of it: loopback, unspecified, IPv4 in IPv6, NAT64, unique local, link-local, site-local, multicast, reserved.
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 = Networks(
        "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4, any IPv4 address inside
        "3fff::/20"); // documentation

    /// <summary>True where a gateway may live without anybody allowing it.</summary>
    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !NotPublic4.Any(network => network.Contains(address)),
        // Asked first: IPNetwork.Contains finds IPv4-mapped addresses in IPv6 networks that they are not in.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && Public6.Contains(address) && !NotPublic6.Any(network => network.Contains(address)),
        _ => false,
    };

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
