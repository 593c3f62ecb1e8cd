using System.Diagnostics;
using System.IO.Compression;
using Recado.Tests.Infrastructure;
using Recado.Tests.Platform;

namespace Recado.Tests.Ingest;

/// <summary>The web server from outside, by senders that keep to no rule.</summary>
[TestFixture(Engine.Sqlite)]
public sealed class WebServerTests(Engine engine) : IngestFixture(engine)
{
    private const string Good = "POST /webhooks/wiapy HTTP/1.1\r\nHost: x\r\nAuthorization: alpha-wiapy\r\nContent-Type: application/json\r\n";
    private const string Bad = "POST /webhooks/wiapy HTTP/1.1\r\nHost: x\r\nAuthorization: wrong\r\nContent-Type: application/json\r\n";

    private int Port => Ingest.Address.Port;

    [Test]
    public async Task Headers_that_come_drop_by_drop_are_waited_for_five_seconds()
    {
        using var connection = await RawConnection.OpenAsync(Port);
        var clock = Stopwatch.StartNew();
        await connection.TryWriteAsync("POST /webhooks/wiapy HTTP/1.1\r\nHost: x\r\n");
        using var enough = new CancellationTokenSource();
        var dripping = DripAsync(connection, "X", enough.Token);

        Assert.That(await connection.StatusAsync(), Is.EqualTo(408).Or.EqualTo(0));
        Assert.That(await connection.EndsAsync(), Is.True);
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(4)), "it was the time, not the drops");
        await enough.CancelAsync();
        await dripping;
    }

    [Test]
    public async Task A_body_that_comes_drop_by_drop_is_refused()
    {
        using var connection = await RawConnection.OpenAsync(Port);
        await connection.TryWriteAsync(Good + "Content-Length: 100000\r\n\r\n{");
        using var enough = new CancellationTokenSource();
        var dripping = DripAsync(connection, " ", enough.Token);

        Assert.That(await connection.StatusAsync(), Is.EqualTo(408));
        await enough.CancelAsync();
        await dripping;
    }

    [TestCase(100, 1, 200)]
    [TestCase(101, 1, 431)]
    [TestCase(10, 33_000, 431)]
    public async Task Headers_may_be_a_hundred_and_32_KiB(int count, int length, int status)
    {
        using var connection = await RawConnection.OpenAsync(Port);
        var own = Enumerable.Range(0, count - 5).Select(i => $"X-{i}: 1\r\n"); // beside the four of the request and one that is long
        await connection.TryWriteAsync($"{Good}{string.Concat(own)}X-Long: {new string('x', length)}\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.That(await connection.StatusAsync(), Is.EqualTo(status));
    }

    [TestCase(8_000, 401)]
    [TestCase(8_300, 414)]
    public async Task An_address_may_have_8_KiB(int length, int status)
    {
        using var connection = await RawConnection.OpenAsync(Port);
        await connection.TryWriteAsync($"POST /webhooks/ezapi/{new string('x', length)} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.That(await connection.StatusAsync(), Is.EqualTo(status));
    }

    [Test]
    public async Task Thirty_megabytes_with_a_wrong_token_are_refused_before_a_byte_of_them_is_sent()
    {
        using var connection = await RawConnection.OpenAsync(Port);
        await connection.TryWriteAsync(Bad + "Content-Length: 30000000\r\n\r\n");
        Assert.That(await connection.StatusAsync(), Is.EqualTo(401));
    }

    [Test]
    public async Task Thirty_megabytes_with_the_right_token_likewise()
    {
        using var connection = await RawConnection.OpenAsync(Port);
        await connection.TryWriteAsync(Good + "Content-Length: 30000000\r\n\r\n");
        Assert.That(await connection.StatusAsync(), Is.EqualTo(413));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("identity")]
    [TestCase("x")]
    public async Task A_compressed_body_is_not_unpacked(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.SmallestSize))
            await packing.WriteAsync(new byte[20_000_000]);

        var answer = await Ingest.PostAsync("/webhooks/wiapy", new ByteArrayContent(packed.ToArray()), ("Authorization", "alpha-wiapy"), ("Content-Encoding", encoding));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((415, """{"error":"compressed_body"}""")));
    }

    [Test]
    public async Task Two_thousand_idle_connections_do_not_keep_others_out()
    {
        var idle = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 2000; i++)
                idle.Add(await RawConnection.OpenAsync(Port));

            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Ingest.WiapyAsync($$"""{"idle":{{i}}}""")));

            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    [Test]
    public async Task Beyond_the_limit_a_connection_is_closed_and_those_that_are_there_go_on()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Server:MaxConnections", "10"));
        var open = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 10; i++)
            {
                open.Add(await RawConnection.OpenAsync(ingest.Address.Port));
                await open[i].TryWriteAsync(Good + "Content-Length: 2\r\n\r\n{}");
                Assert.That(await open[i].StatusAsync(), Is.EqualTo(200));
            }
            using (var over = await RawConnection.OpenAsync(ingest.Address.Port))
                Assert.That(await over.EndsAsync(), Is.True);

            open[0].Dispose();
            await Until.TrueAsync(async () =>
            {
                using var next = await RawConnection.OpenAsync(ingest.Address.Port);
                return await next.TryWriteAsync(Good + "Content-Length: 2\r\n\r\n{}") && await next.StatusAsync() == 200;
            }, TimeSpan.FromSeconds(60), "there is a place again");
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    [Test]
    public async Task An_HTTP2_connection_has_fifty_streams()
    {
        await using var ingest = await RunningIngest.StartAsync(await FreshDatabase.CreateAsync(Engine.Sqlite), ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        using var connection = await RawConnection.OpenAsync(ingest.Address.Port);
        await connection.Stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Http2Frame.Of(4, 0, 0, [])]);
        for (var i = 0; i < 51; i++) // each waits for its body
            await connection.Stream.WriteAsync(Http2Frame.Headers((2 * i) + 1, "/webhooks/wiapy", "alpha-wiapy"));

        var settings = await Http2Frame.ReadUntilAsync(connection.Stream, frame => frame.Type == 4 && frame.Payload.Length > 0);
        Assert.That(settings.Settings()[3], Is.EqualTo(50), "SETTINGS_MAX_CONCURRENT_STREAMS");
        var reset = await Http2Frame.ReadUntilAsync(connection.Stream, frame => frame.Type == 3);
        Assert.That((reset.Stream, reset.Payload[3]), Is.EqualTo((101, (byte)7)), "RST_STREAM of the 51st, REFUSED_STREAM");
    }

    [TestCase("/webhooks/wiapy")]
    [TestCase("/nothing/here")]
    [TestCase("/api/nothing/here")]
    [TestCase("/health/live")]
    public async Task No_answer_names_the_server(string path)
    {
        using var answer = await Ingest.SendAsync(new(HttpMethod.Get, path));
        Assert.That(answer.Headers.Select(header => header.Key), Has.None.EqualTo("Server").And.None.EqualTo("X-Powered-By"));
    }

    private static async Task DripAsync(RawConnection connection, string drop, CancellationToken enough)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await timer.WaitForNextTickAsync(enough) && await connection.TryWriteAsync(drop))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // the test has seen enough
        }
    }
}
