using System.Net;
using Microsoft.Extensions.Options;

namespace Recado.WhatsAppDispatcher.Gateways;

/// <summary>Where gateways may be: https, an allowed port and a public address; or what the settings allow besides.</summary>
public sealed class GatewayRules(IOptions<DispatcherOptions> options)
{
    private const string Advice = "Dispatcher:AllowPrivateGateways can allow it";

    private readonly PrivateGateways _private = PrivateGateways.Parse(options.Value.AllowPrivateGateways)!;
    private readonly int[] _ports = DispatcherOptions.Ports(options.Value.GatewayPorts)!;

    /// <summary>The addresses of those to which a request may go.</summary>
    /// <param name="target">Scheme, host and port of the request.</param>
    /// <param name="addresses">What its host resolves to, now.</param>
    public IPAddress[] Allowed(Uri target, IEnumerable<IPAddress> addresses)
    {
        if (_private.Allows(HostOf(target)))
            return [.. addresses];
        return [.. addresses.Where(address => _private.Allows(address) || (IsPublicDoor(target) && PublicAddress.Is(address)))];
    }

    /// <summary>What is wrong with a base address, as the end of a sentence; null where nothing is that can be seen before its name is resolved.</summary>
    public string? FaultOf(string baseAddress)
    {
        if (!Uri.TryCreate(baseAddress, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return $"'{baseAddress}' is not an http(s) address";
        if (uri.UserInfo.Length > 0)
            return "holds a user name or password: give them as a header";
        if (IPAddress.TryParse(HostOf(uri), out var address))
            return Allowed(uri, [address]).Length > 0 ? null : $"'{uri.GetLeftPart(UriPartial.Authority)}' is not a public address over https; {Advice}";
        // A name may still turn out to be in a network that is allowed.
        return IsPublicDoor(uri) || _private.Allows(HostOf(uri)) || _private.HasNetworks
            ? null
            : $"'{uri.GetLeftPart(UriPartial.Authority)}' is not https on an allowed port (Dispatcher:GatewayPorts); {Advice}";
    }

    private bool IsPublicDoor(Uri target) => target.Scheme == "https" && _ports.Contains(target.Port);

    private static string HostOf(Uri uri) => uri.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
}

/// <summary>The hosts and networks that are allowed though they are not public.</summary>
internal sealed class PrivateGateways
{
    private readonly HashSet<string> _hosts = [];
    private readonly List<IPNetwork> _networks = [];
    private bool _all;

    public bool HasNetworks => _networks.Count > 0;

    /// <summary>Reads <c>true</c>, <c>false</c>, or hosts, addresses and networks separated by commas; null for anything else.</summary>
    public static PrivateGateways? Parse(string text)
    {
        var allowed = new PrivateGateways { _all = text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) };
        if (allowed._all || text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase))
            return allowed;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (IPAddress.TryParse(part, out var address))
                allowed._networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(part, out var network))
                allowed._networks.Add(network);
            else if (Uri.CheckHostName(part) == UriHostNameType.Dns)
                allowed._hosts.Add(part.TrimEnd('.').ToLowerInvariant());
            else
                return null;
        return allowed;
    }

    public bool Allows(string host) => _all || _hosts.Contains(host);

    /// <summary>An IPv4 address is the same one when it is written as IPv6.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _all || _networks.Exists(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}
