using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>What a gateway does on a bad day, and what becomes of the message.</summary>
public sealed class GatewayFaultTests
{
    private ManualTimeProvider _time = null!;
    private StandaloneRecado _recado = null!;
    private int _customers;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _time = new ManualTimeProvider(new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        _recado = await StandaloneRecado.StartAsync(time: _time, settings: ["--Dispatcher:SendTimeout=00:00:02"]);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _recado.DisposeAsync();

    [TestCase("too-many-requests")]
    [TestCase("unauthorized")]
    public async Task What_was_definitely_not_sent_is_sent_later_once(string fault)
    {
        var (id, phone) = await PostUnderAsync(fault, times: 2);
        var timeline = await PassUntilAsync(id, "read");
        Assert.That(timeline.Count(line => line.What == "sent"), Is.EqualTo(1));
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(1));
    }

    [TestCase("server-error", 0, "unclear_answer")]
    [TestCase("server-error-after-accept", 1, "unclear_answer")]
    [TestCase("invalid-json", 1, "unclear_answer")]
    [TestCase("no-id", 1, "unclear_answer")]
    [TestCase("lost-response", 1, "no_answer")]
    [TestCase("timeout-before-accept", 0, "no_answer")]
    [TestCase("timeout-after-accept", 1, "no_answer")]
    public async Task What_may_have_been_sent_is_uncertain_and_never_sent_again(string fault, int received, string reason)
    {
        var (id, phone) = await PostUnderAsync(fault, times: 1, delayMs: 10_000);
        var timeline = await PassUntilAsync(id, "uncertain");
        Assert.That(timeline.Single(line => line.What == "uncertain").Reason, Is.EqualTo(reason));
        await PassWithALaterMessageAsync(TimeSpan.FromHours(3));
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(received));
        Assert.That((await _recado.TimelineAsync(id)).Select(line => line.What), Has.No.Member("sent"));
    }

    [TestCase("lost-response")]
    [TestCase("server-error-after-accept")]
    [TestCase("timeout-after-accept", Description = "the echo comes before the doubt")]
    public async Task What_was_uncertain_is_settled_where_the_gateway_echoes(string fault)
    {
        var (id, phone) = await PostUnderAsync(fault, times: 1, delayMs: 10_000, echo: true);
        var timeline = await PassUntilAsync(id, "read");
        Assert.That(timeline.Select(line => line.What).SkipWhile(what => what != "uncertain"), Is.SupersetOf(new[] { "uncertain", "sent", "read" }));
        Assert.That(timeline.Single(line => line.What == "sent").Detail, Is.EqualTo("echo"));
        Assert.That(await _recado.Gateway.AllAsync(phone), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_the_gateway_refuses_has_failed_with_the_reason()
    {
        var (id, phone) = await PostUnderAsync("bad-request", times: 1);
        var timeline = await PassUntilAsync(id, "failed");
        Assert.That(timeline.Single(line => line.What == "failed"), Has.Property("Reason").EqualTo("gateway_rejected").And.Property("Detail").EqualTo("HTTP 400"));
        await PassWithALaterMessageAsync(TimeSpan.FromHours(3));
        Assert.That(await _recado.Gateway.AllAsync(phone), Is.Empty);
    }

    [TestCase("early-callbacks")]
    [TestCase("duplicate-callbacks")]
    [TestCase("reordered-callbacks")]
    public async Task However_the_receipts_come_the_message_ends_as_read_and_the_timeline_says_so_once(string fault)
    {
        var (id, _) = await PostUnderAsync(fault, times: 1);
        await PassUntilAsync(id, "read");
        await PassWithALaterMessageAsync(TimeSpan.FromSeconds(5));
        var lines = await _recado.TimelineAsync(id);
        Assert.That(lines.Count(line => line.What == "read"), Is.EqualTo(1));
        Assert.That(lines.Count(line => line.What == "delivered"), Is.LessThanOrEqualTo(1));
        Assert.That(lines.Select(line => line.What), Has.No.Member("failed"));
    }

    [Test]
    public async Task A_message_that_WhatsApp_did_not_deliver_has_failed_with_the_code()
    {
        var (id, _) = await PostUnderAsync("delivery-error", times: 1);
        var timeline = await PassUntilAsync(id, "failed");
        Assert.That(timeline.Single(line => line.What == "failed"), Has.Property("Reason").EqualTo("delivery_failed").And.Property("Detail").EqualTo("gateway 429"));
    }

    private async Task<(Guid Id, string Phone)> PostUnderAsync(string fault, int times, int delayMs = 0, bool echo = false)
    {
        var phone = NextPhone();
        await _recado.Gateway.BehaveAsync(new { echo, faults = new[] { new { fault, phone, times, delayMs, retryAfterSeconds = 3 } } });
        return (await RegisterAsync(phone), phone);
    }

    private async Task<Guid> RegisterAsync(string phone)
    {
        var answer = await _recado.PostAsync(Webhook.Event($$$"""{"id":"falha-{{{phone}}}","type":"customer.registered","customer":{"name":"Rita","phone":"+{{{phone}}}"}}"""));
        return answer.Id;
    }

    private string NextPhone() => $"55119{Interlocked.Increment(ref _customers):00000000}";

    /// <summary>Lets time pass until the timeline has the line.</summary>
    private async Task<IReadOnlyList<TimelineLine>> PassUntilAsync(Guid id, string what) => await _recado.WaitForTimelineAsync(id, lines =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return lines.Any(line => line.What == what);
    }, what);

    /// <summary>Lets time pass; what had to be sent again would have been before the message that arrives now.</summary>
    private async Task PassWithALaterMessageAsync(TimeSpan span)
    {
        await _recado.Gateway.BehaveAsConfiguredAsync();
        _time.Advance(span);
        await PassUntilAsync(await RegisterAsync(NextPhone()), "read");
    }
}
