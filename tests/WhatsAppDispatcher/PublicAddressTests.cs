using System.Net;
using Recado.WhatsAppDispatcher.Gateways;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>To which addresses a token may go: those of the public internet.</summary>
public sealed class PublicAddressTests
{
    // One inside each block, and its first and last address where the next one is public.
    [TestCase("0.0.0.0")]
    [TestCase("0.255.255.255")]
    [TestCase("10.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("10.255.255.255")]
    [TestCase("100.64.0.0")]
    [TestCase("100.100.100.200")] // metadata of Alibaba
    [TestCase("100.127.255.255")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.255")]
    [TestCase("168.63.129.16")] // the host of an Azure machine
    [TestCase("169.254.0.0")]
    [TestCase("169.254.169.254")] // metadata of AWS, Google, Azure
    [TestCase("169.254.170.2")] // credentials of an ECS task
    [TestCase("169.254.255.255")]
    [TestCase("172.16.0.0")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.1")]
    [TestCase("192.0.0.192")] // metadata of Oracle
    [TestCase("192.0.2.1")]
    [TestCase("192.88.99.1")]
    [TestCase("192.168.0.0")]
    [TestCase("192.168.255.255")]
    [TestCase("198.18.0.0")]
    [TestCase("198.19.255.255")]
    [TestCase("198.51.100.7")]
    [TestCase("203.0.113.7")]
    [TestCase("224.0.0.1")]
    [TestCase("239.255.255.250")]
    [TestCase("240.0.0.1")]
    [TestCase("255.255.255.254")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::127.0.0.1")] // IPv4-compatible
    [TestCase("::ffff:127.0.0.1")] // IPv4-mapped
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("::ffff:0:127.0.0.1")] // IPv4-translated
    [TestCase("64:ff9b::7f00:1")] // NAT64
    [TestCase("64:ff9b::808:808")]
    [TestCase("64:ff9b:1::1")]
    [TestCase("100::1")] // discard
    [TestCase("2001::1")] // Teredo
    [TestCase("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [TestCase("2001:2::1")] // benchmarking
    [TestCase("2001:10::1")] // ORCHID
    [TestCase("2001:20::1")]
    [TestCase("2001:1ff:ffff::1")]
    [TestCase("2001:db8::1")] // documentation
    [TestCase("2001:db8:ffff:ffff::1")]
    [TestCase("2002:7f00:1::1")] // 6to4 of 127.0.0.1
    [TestCase("2002:a9fe:a9fe::1")] // 6to4 of 169.254.169.254
    [TestCase("2002:808:808::1")]
    [TestCase("3fff::1")] // documentation
    [TestCase("3fff:fff:ffff::1")]
    [TestCase("4000::1")]
    [TestCase("5f00::1")] // segment routing
    [TestCase("fc00::1")] // unique local
    [TestCase("fd00:ec2::254")] // metadata of AWS
    [TestCase("fdff:ffff::1")]
    [TestCase("fe80::1")] // link-local
    [TestCase("fe80::1%2")]
    [TestCase("febf::1")]
    [TestCase("fec0::1")] // site-local
    [TestCase("ff02::1")] // multicast
    [TestCase("ff0e::1")]
    public void Not_to(string address) => Assert.That(PublicAddress.Is(IPAddress.Parse(address)), Is.False);

    // The neighbours of the blocks above, and some of everyday.
    [TestCase("1.0.0.0")]
    [TestCase("1.1.1.1")]
    [TestCase("8.8.8.8")]
    [TestCase("9.255.255.255")]
    [TestCase("11.0.0.0")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.0")]
    [TestCase("126.255.255.255")]
    [TestCase("128.0.0.0")]
    [TestCase("168.63.129.15")]
    [TestCase("169.253.255.255")]
    [TestCase("169.255.0.0")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.0")]
    [TestCase("192.0.1.0")]
    [TestCase("192.0.3.0")]
    [TestCase("192.88.98.255")]
    [TestCase("192.167.255.255")]
    [TestCase("192.169.0.0")]
    [TestCase("198.17.255.255")]
    [TestCase("198.20.0.0")]
    [TestCase("203.0.112.255")]
    [TestCase("203.0.114.0")]
    [TestCase("223.255.255.255")]
    [TestCase("2001:200::1")]
    [TestCase("2001:4860:4860::8888")]
    [TestCase("2001:db7:ffff::1")]
    [TestCase("2001:db9::1")]
    [TestCase("2003::1")]
    [TestCase("2606:4700:4700::1111")]
    [TestCase("2804:14c::1")]
    [TestCase("3ffe:ffff::1")]
    public void To(string address) => Assert.That(PublicAddress.Is(IPAddress.Parse(address)), Is.True);
}
