using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recado.Tests.Infrastructure;

public sealed class FaultProxyTests
{
    private readonly List<string> heard = [];
    private TcpListener server = null!;
    private FaultProxy proxy = null!;

    [SetUp]
    public void Start_a_server_that_answers_in_capitals()
    {
        heard.Clear();
        server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _ = ServeAsync();
        proxy = new FaultProxy(((IPEndPoint)server.LocalEndpoint).Port);
    }

    [TearDown]
    public async Task Stop_both()
    {
        await proxy.DisposeAsync();
        server.Dispose();
    }

    [Test]
    public async Task Without_trouble_everything_passes()
    {
        using var client = await ConnectAsync();

        Assert.That(await AskAsync(client, "hello"), Is.EqualTo("HELLO"));
    }

    [Test]
    public async Task Latency_holds_each_piece_on_both_ways()
    {
        proxy.Trouble = new() { Latency = TimeSpan.FromMilliseconds(200) };
        using var client = await ConnectAsync();
        var clock = Stopwatch.StartNew();

        Assert.That(await AskAsync(client, "hello"), Is.EqualTo("HELLO"));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(390)));
    }

    [Test]
    public async Task A_narrow_line_takes_its_time()
    {
        proxy.Trouble = new() { BytesPerSecond = 20 };
        using var client = await ConnectAsync();
        var clock = Stopwatch.StartNew();

        Assert.That(await AskAsync(client, "hello"), Is.EqualTo("HELLO"));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(490)));
    }

    [Test]
    public async Task A_cut_resets_what_is_open_and_lets_new_ones_in()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, "one");

        proxy.Cut();

        Assert.That(await EndsAsync(client), Is.True);
        using var next = await ConnectAsync();
        Assert.That(await AskAsync(next, "two"), Is.EqualTo("TWO"));
    }

    [Test]
    public async Task A_half_open_connection_takes_everything_and_says_nothing_until_it_is_over()
    {
        using var old = await ConnectAsync();
        await AskAsync(old, "before");
        proxy.Trouble = Trouble.HalfOpen;
        using var young = await ConnectAsync();

        await SendAsync(old, "lost");
        await SendAsync(young, "lost");

        await Until.TrueAsync(() => proxy.Swallowed == 8, TimeSpan.FromSeconds(90), "both have been swallowed");
        Assert.That(old.GetStream().DataAvailable || young.GetStream().DataAvailable, Is.False);
        proxy.Trouble = Trouble.None;
        Assert.That(await EndsAsync(old), Is.True);
        Assert.That(await EndsAsync(young), Is.True);
        Assert.That(heard, Is.EqualTo(new[] { "before" }));
    }

    [Test]
    public async Task The_connection_is_cut_after_so_many_bytes_and_those_arrive()
    {
        proxy.Trouble = new() { CutAfterBytes = 8 };
        using var client = await ConnectAsync();
        await AskAsync(client, "1234");

        await SendAsync(client, "5678");

        Assert.That(await EndsAsync(client), Is.True);
        await Until.TrueAsync(() => Heard("5678"), TimeSpan.FromSeconds(30), "the last bytes have arrived");
    }

    [Test]
    public async Task An_answer_with_the_given_bytes_is_dropped_as_often_as_asked()
    {
        proxy.Trouble = new() { CutAnswer = Encoding.ASCII.GetBytes("COMMIT"), CutTimes = 1 };
        using var struck = await ConnectAsync();
        await AskAsync(struck, "begin com");
        await SendAsync(struck, "mit;");

        Assert.That(await EndsAsync(struck), Is.True);
        Assert.That(Heard("mit;"), Is.True, "the server has it");
        using var next = await ConnectAsync();
        Assert.That(await AskAsync(next, "commit"), Is.EqualTo("COMMIT"));
    }

    [Test]
    public async Task Down_refuses_and_comes_back_on_the_same_port()
    {
        using var client = await ConnectAsync();
        await AskAsync(client, "one");
        proxy.Trouble = Trouble.Down;

        Assert.That(await EndsAsync(client), Is.True);
        Assert.That(async () => await ConnectAsync(), Throws.InstanceOf<SocketException>());
        proxy.Trouble = Trouble.None;
        using var next = await ConnectAsync();
        Assert.That(await AskAsync(next, "two"), Is.EqualTo("TWO"));
    }

    private bool Heard(string text)
    {
        lock (heard)
            return heard.Contains(text);
    }

    private async Task ServeAsync()
    {
        while (true)
            _ = AnswerAsync(await server.AcceptTcpClientAsync());
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        var buffer = new byte[1000];
        int read;
        while ((read = await client.GetStream().ReadAsync(buffer)) > 0)
        {
            var text = Encoding.ASCII.GetString(buffer, 0, read);
            lock (heard)
                heard.Add(text);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text.ToUpperInvariant()));
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
        return client;
    }

    private static async Task SendAsync(TcpClient client, string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> AskAsync(TcpClient client, string text)
    {
        await SendAsync(client, text);
        var answer = new byte[text.Length];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await client.GetStream().ReadExactlyAsync(answer, limit.Token);
        return Encoding.ASCII.GetString(answer);
    }

    private static async Task<bool> EndsAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], limit.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
