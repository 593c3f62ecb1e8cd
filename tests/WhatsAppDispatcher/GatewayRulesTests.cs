using System.Net;
using Microsoft.Extensions.Options;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>What is allowed without asking, and what only where the settings say so.</summary>
public sealed class GatewayRulesTests
{
    [TestCase("false", "https://api.example.com", "8.8.8.8 10.0.0.1 127.0.0.1", ExpectedResult = "8.8.8.8")]
    [TestCase("false", "https://api.example.com", "10.0.0.1 ::1", ExpectedResult = "")]
    [TestCase("false", "https://api.example.com:8443", "8.8.8.8", ExpectedResult = "")]
    [TestCase("false", "http://api.example.com:443", "8.8.8.8", ExpectedResult = "")]
    [TestCase("", "https://api.example.com", "8.8.8.8 10.0.0.1", ExpectedResult = "8.8.8.8")]
    [TestCase("true", "http://api.example.com:81", "10.0.0.1 ::1", ExpectedResult = "10.0.0.1 ::1")]
    [TestCase("gateway.internal", "http://gateway.internal:81", "10.0.0.1", ExpectedResult = "10.0.0.1")]
    [TestCase("gateway.internal", "http://GATEWAY.internal.:81", "10.0.0.1", ExpectedResult = "10.0.0.1")]
    [TestCase("gateway.internal", "http://evil-gateway.internal", "10.0.0.1", ExpectedResult = "")]
    [TestCase("gateway.internal", "http://gateway.internal.evil.example", "10.0.0.1", ExpectedResult = "")]
    [TestCase("10.20.0.0/16", "http://api.example.com:81", "10.20.1.1 10.21.1.1 8.8.8.8", ExpectedResult = "10.20.1.1")]
    [TestCase("10.20.0.0/16,192.168.1.5", "https://api.example.com", "192.168.1.5 192.168.1.6 8.8.8.8", ExpectedResult = "192.168.1.5 8.8.8.8")]
    [TestCase("127.0.0.0/8", "http://localhost", "127.0.0.1 ::1 ::ffff:127.0.0.1 10.0.0.1", ExpectedResult = "127.0.0.1 ::ffff:127.0.0.1")] // the same machine, however it is written
    [TestCase("2000::/3,::1", "http://localhost", "::ffff:127.0.0.1 ::ffff:10.0.0.1", ExpectedResult = "")]
    [TestCase("::1", "http://[::1]:81", "::1", ExpectedResult = "::1")]
    public string Of_these_addresses(string allowed, string target, string addresses) =>
        string.Join(' ', Rules(allowed).Allowed(new(target), addresses.Split(' ').Select(IPAddress.Parse)).Select(address => address.ToString()));

    [Test]
    public void Another_port_is_good_once_it_is_named() =>
        Assert.That(Rules("false", ports: "443, 8443").Allowed(new("https://api.example.com:8443"), [IPAddress.Parse("8.8.8.8")]), Has.Length.EqualTo(1));

    [TestCase("false", "https://api.ezapi.com.br", true)]
    [TestCase("false", "https://8.8.8.8", true)]
    [TestCase("false", "https://127.1", false)]
    [TestCase("false", "https://0x7f.1", false)]
    [TestCase("false", "https://0177.0.0.1", false)]
    [TestCase("false", "https://[::1]", false)]
    [TestCase("false", "https://[64:ff9b::7f00:1]", false)]
    [TestCase("false", "http://localhost:8080/emulator", false)]
    [TestCase("false", "ftp://api.example.com", false)]
    [TestCase("false", "/relative", false)]
    [TestCase("localhost", "http://localhost:8080/emulator", true)]
    [TestCase("10.0.0.0/8", "http://gateway.internal", true)] // its addresses are looked at when it is connected
    [TestCase("10.0.0.0/8", "http://127.0.0.1", false)]
    public void What_a_bundle_may_name(string allowed, string baseAddress, bool good) =>
        Assert.That(Rules(allowed).FaultOf(baseAddress), good ? Is.Null : Is.Not.Null);

    private static GatewayRules Rules(string allowed, string ports = "443") =>
        new(Options.Create(new DispatcherOptions { AllowPrivateGateways = allowed, GatewayPorts = ports }));
}
