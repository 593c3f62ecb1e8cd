using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Tests.Infrastructure;
using Recado.WhatsAppDispatcher;
using Recado.WhatsAppDispatcher.Gateways;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>A gateway's address and its answers are somebody else's choice: neither leads inside, nor costs more than a little.</summary>
public sealed class HostileGatewayTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly MessageContent Content = new() { Kind = MessageKinds.Text, Text = "Oi!" };

    [TestCase("https://gateway.example", "127.0.0.1")]
    [TestCase("https://gateway.example", "10.0.0.1 192.168.1.1 169.254.169.254 ::1 fd00::1 ::ffff:8.8.8.8")]
    [TestCase("https://127.0.0.1", "")]
    [TestCase("https://[::1]", "")]
    [TestCase("http://gateway.example", "8.8.8.8")]
    [TestCase("https://gateway.example:6379", "8.8.8.8")]
    public async Task What_is_not_public_is_not_connected_and_said_so(string target, string addresses)
    {
        var outcome = await SendAsync(target, allowed: "false", (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]));

        Assert.That(outcome, Is.EqualTo(SendOutcome.NotSent(Reasons.GatewayNotAllowed, "address not allowed", trouble: true)));
    }

    [Test]
    public async Task A_name_that_resolves_elsewhere_a_moment_later_leads_nowhere_else()
    {
        // 127.0.0.2 stands for the public address, 127.0.0.1 for this machine's own.
        await using var outside = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{\"messageId\":\"M1\"}"), address: "127.0.0.2");
        await using var inside = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), port: outside.Port);
        var lookUps = 0;
        Task<IPAddress[]> Rebind(string host, CancellationToken cancellation) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(Interlocked.Increment(ref lookUps) == 1 ? "127.0.0.2" : "127.0.0.1")]);
        using var api = Api("127.0.0.2/32", Rebind);
        var gateway = Gateway($"http://gateway.example:{outside.Port}");

        var first = await api.SendAsync(gateway, "+5511955550001", Content, default);
        Assert.That((first.Result, lookUps), Is.EqualTo((SendResult.Sent, 1)), "checked and connected by one look");
        var second = await api.SendAsync(gateway, "+5511955550001", Content, default);

        Assert.That(second.Reason, Is.EqualTo(Reasons.GatewayNotAllowed));
        Assert.That((outside.Requests, inside.Connections), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Of_several_addresses_only_the_allowed_are_connected()
    {
        await using var outside = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{\"messageId\":\"M1\"}"), address: "127.0.0.2");
        await using var inside = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), port: outside.Port);

        var outcome = await SendAsync($"http://gateway.example:{outside.Port}", "127.0.0.2",
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.IPv6Loopback]));

        Assert.That((outcome.Result, outside.Requests, inside.Connections), Is.EqualTo((SendResult.Sent, 1, 0)));
    }

    [TestCase("301 Moved Permanently")]
    [TestCase("302 Found")]
    [TestCase("307 Temporary Redirect")]
    [TestCase("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        await using var inside = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"messageId\":\"M1\"}"));
        await using var gateway = new HostileServer(HostileServer.Saying($"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:{inside.Port}/\r\nContent-Length: 0\r\n\r\n"));

        var outcome = await SendAsync(gateway);

        Assert.That((outcome.Result, outcome.Reason, inside.Connections), Is.EqualTo((SendResult.Rejected, Reasons.GatewayRejected, 0)));
    }

    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", TestName = "An_endless_body")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", TestName = "A_body_of_100_MB")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n", TestName = "A_body_without_a_length")]
    [TestCase("HTTP/1.1 200 OK\r\nX-Endless: ", TestName = "An_endless_header")]
    [TestCase("", TestName = "An_endless_status_line")]
    public async Task Is_cut_off(string start)
    {
        long written = 0;
        await using var gateway = new HostileServer(async (stream, cancellation) =>
        {
            await HostileServer.Saying(start)(stream, cancellation);
            var chunk = Encoding.ASCII.GetBytes((start.Contains("chunked", StringComparison.Ordinal) ? "10000\r\n" : "") + new string('x', 0x10000) + (start.Contains("chunked", StringComparison.Ordinal) ? "\r\n" : ""));
            while (true)
            {
                await stream.WriteAsync(chunk, cancellation);
                written += chunk.Length;
            }
        });

        var outcome = await SendAsync(gateway);
        await gateway.DisposeAsync();

        Assert.That(outcome.Result, Is.EqualTo(SendResult.Uncertain), outcome.ToString());
        Assert.That(written, Is.LessThan(32 * 1024 * 1024), "what fits into the buffers of two sockets, not what was offered");
    }

    [Test]
    public async Task A_hundred_thousand_headers_are_cut_off()
    {
        await using var gateway = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: y\r\n")) + "Content-Length: 18\r\n\r\n{\"messageId\":\"M1\"}"));

        Assert.That((await SendAsync(gateway)).Result, Is.EqualTo(SendResult.Uncertain));
    }

    [Test]
    public async Task A_compressed_bomb_stays_compressed()
    {
        using var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var megabyte = 0; megabyte < 50; megabyte++)
                await zip.WriteAsync(new byte[1 << 20]);
        Assert.That(bomb.Length, Is.LessThan(64 * 1024), "small enough to be read whole");
        await using var gateway = new HostileServer(async (stream, cancellation) =>
        {
            await HostileServer.Saying($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n")(stream, cancellation);
            await stream.WriteAsync(bomb.ToArray(), cancellation);
        });
        await SendAsync(gateway); // what every first send allocates
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = await SendAsync(gateway);

        Assert.That(outcome, Is.EqualTo(SendOutcome.Uncertain(Reasons.UnclearAnswer, "HTTP 200")));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(20 << 20), "50 MB were not unpacked");
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n", TestName = "A_dripping_body")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\n", TestName = "A_dripping_status")]
    public async Task Ends_with_its_time(string start)
    {
        await using var gateway = new HostileServer(async (stream, cancellation) =>
        {
            await HostileServer.Saying(start)(stream, cancellation);
            while (true)
            {
                await stream.WriteAsync("{"u8.ToArray(), cancellation);
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        });

        var outcome = await SendAsync(gateway, "00:00:02");

        // 18 bytes would be there after 3.6 s, and the time is over after 2.
        Assert.That(outcome, Is.EqualTo(SendOutcome.Uncertain(Reasons.NoAnswer, "timeout", trouble: true)));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_request()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var gateway = new HostileServer(HostileServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"messageId\":\"M1\"}"), certificate);

        var outcome = await SendAsync($"https://localhost:{gateway.Port}", "true", Dns.GetHostAddressesAsync);

        Assert.That(outcome, Is.EqualTo(SendOutcome.NotSent(Reasons.GatewayUnreachable, "SecureConnectionError", trouble: true)));
        Assert.That((gateway.Connections, gateway.Requests), Is.EqualTo((1, 0)));
    }

    [Test]
    public void No_code_switches_the_check_of_certificates_off()
    {
        string[] switches = ["ServerCertificateCustomValidationCallback", "RemoteCertificateValidationCallback", "DangerousAcceptAnyServerCertificateValidator", "ServerCertificateValidationCallback"];
        var files = Directory.GetFiles(Path.Combine(ServiceProcess.RepositoryRoot, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();

        Assert.That(files, Has.Count.GreaterThan(100), "what is looked at");
        Assert.That(files.Where(file => switches.Any(File.ReadAllText(file).Contains)), Is.Empty);
    }

    private static Task<SendOutcome> SendAsync(HostileServer gateway, string timeout = "00:00:15") =>
        SendAsync($"http://127.0.0.1:{gateway.Port}", "true", Dns.GetHostAddressesAsync, timeout);

    private static async Task<SendOutcome> SendAsync(string target, string allowed, ResolveHost resolve, string timeout = "00:00:15")
    {
        using var api = Api(allowed, resolve, timeout);
        return await api.SendAsync(Gateway(target), "+5511955550001", Content, default).WaitAsync(Deadline);
    }

    private static ZApiClients Api(string allowed, ResolveHost resolve, string timeout = "00:00:15")
    {
        var options = Options.Create(new DispatcherOptions { AllowPrivateGateways = allowed, SendTimeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture) });
        return new(new GatewayConnections(new GatewayRules(options), resolve), options, TimeProvider.System);
    }

    private static GatewaySettings Gateway(string target) => new() { Instance = "I", BaseAddress = target, Token = "t" };
}
