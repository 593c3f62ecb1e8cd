using System.Net.Sockets;
using System.Text;
using Recado.Contracts;
using Recado.WhatsAppDispatcher.Gateways;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>Which of the four ways a send has ended: only what is certain counts as sent or not sent.</summary>
public sealed class ClassificationTests
{
    private const string Good = """{"messageId":"M1"}""";
    private static readonly GatewaySettings Gateway = new() { Instance = "I", BaseAddress = "http://gateway", Token = "t" };

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(299)]
    public void A_success_with_an_id_is_sent(int status) =>
        Assert.That(Of(status, Good), Is.EqualTo(SendOutcome.Sent("M1")));

    [TestCase("")]
    [TestCase("<html>ok</html>")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"M1\"")]
    [TestCase("""{"messageId":""}""")]
    [TestCase("""{"messageId":5}""")]
    [TestCase("""{"messageId":null}""")]
    [TestCase("""{"messageId":"\ud800"}""")]
    [TestCase("""{"id":"M1"}""")]
    [TestCase("""{"MESSAGEID":"M1"}""")]
    public void A_success_without_an_id_leaves_it_open(string body) =>
        Assert.That(Of(200, body), Is.EqualTo(SendOutcome.Uncertain(Reasons.UnclearAnswer, "HTTP 200")));

    [Test]
    public void An_id_without_end_is_none()
    {
        Assert.That(Of(200, $$"""{"messageId":"{{new string('x', 200)}}"}""").Result, Is.EqualTo(SendResult.Sent));
        Assert.That(Of(200, $$"""{"messageId":"{{new string('x', 201)}}"}""").Result, Is.EqualTo(SendResult.Uncertain));
    }

    [Test]
    public void Another_dialect_names_the_id_otherwise() =>
        Assert.That(Classification.Of(200, null, """{"id":"M1"}"""u8.ToArray(), Gateway with { IdField = "id" }), Is.EqualTo(SendOutcome.Sent("M1")));

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(400)]
    [TestCase(404)]
    [TestCase(405)]
    [TestCase(413)]
    [TestCase(415)]
    [TestCase(422)]
    public void A_refusal_is_for_good(int status) =>
        Assert.That(Of(status, Good), Is.EqualTo(SendOutcome.Rejected($"HTTP {status}")));

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    [TestCase(100)]
    public void A_fault_of_the_gateway_leaves_it_open(int status) =>
        Assert.That(Of(status, Good), Is.EqualTo(SendOutcome.Uncertain(Reasons.UnclearAnswer, $"HTTP {status}", trouble: true)));

    [Test]
    public void The_gateway_s_own_time_out_is_no_answer() =>
        Assert.That(Of(408, ""), Is.EqualTo(SendOutcome.Uncertain(Reasons.NoAnswer, "HTTP 408", trouble: true)));

    [TestCase(401)]
    [TestCase(403)]
    public void A_refused_token_is_about_the_number_and_costs_no_attempt(int status)
    {
        var refused = SendOutcome.NotSent(Reasons.GatewayUnauthorized, $"HTTP {status}", counts: false, numberRests: TimeSpan.Zero);

        Assert.That(Of(status, ""), Is.EqualTo(refused));
        Assert.That(Classification.Of(status, null, [], Gateway with { NotSentStatuses = [401, 403] }), Is.EqualTo(refused), "whatever the gateway is said to mean by it");
    }

    [TestCase(null, null)]
    [TestCase(0, null)]
    [TestCase(-5, null)] // a date that has passed
    [TestCase(7, 7)]
    [TestCase(3600, 3600)]
    [TestCase(86_400, 3600)] // the message waits as long; the shop does not
    public void Who_asks_to_wait_gets_nothing_of_the_number_for_so_long_but_an_hour_at_most(int? asked, int? rests)
    {
        var outcome = Classification.Of(429, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, [], Gateway);

        Assert.That((outcome.NumberRests, outcome.RetryAfter), Is.EqualTo((Span(rests), Span(asked))));

        static TimeSpan? Span(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
    }

    [Test]
    public void Too_many_requests_is_not_sent_and_costs_no_attempt() => Assert.That(Classification.Of(429, TimeSpan.FromSeconds(7), [], Gateway),
        Is.EqualTo(SendOutcome.NotSent(Reasons.GatewayUnreachable, "HTTP 429", counts: false, TimeSpan.FromSeconds(7), numberRests: TimeSpan.FromSeconds(7))));

    [Test]
    public void A_gateway_may_say_for_certain_that_it_took_nothing() => Assert.That(Classification.Of(503, null, [], Gateway with { NotSentStatuses = [503] }),
        Is.EqualTo(SendOutcome.NotSent(Reasons.GatewayUnreachable, "HTTP 503")));

    private static readonly (Exception Failure, SendResult Result)[] Failures =
    [
        (new HttpRequestException(HttpRequestError.ConnectionError), SendResult.NotSent),
        (new HttpRequestException(HttpRequestError.NameResolutionError), SendResult.NotSent),
        (new HttpRequestException(HttpRequestError.SecureConnectionError), SendResult.NotSent),
        (new HttpRequestException(HttpRequestError.ResponseEnded), SendResult.Uncertain),
        (new HttpRequestException(HttpRequestError.InvalidResponse), SendResult.Uncertain),
        (new HttpRequestException(HttpRequestError.HttpProtocolError), SendResult.Uncertain),
        (new HttpRequestException("?", new SocketException()), SendResult.Uncertain),
        (new TaskCanceledException(), SendResult.Uncertain),
        (new OperationCanceledException(), SendResult.Uncertain),
        (new IOException(), SendResult.Uncertain),
        (new InvalidOperationException(), SendResult.Uncertain),
    ];

    [TestCaseSource(nameof(Failures))]
    public void Only_what_fails_before_the_first_byte_is_not_sent((Exception Failure, SendResult Result) row)
    {
        var outcome = Classification.Of(row.Failure);

        Assert.That((outcome.Result, outcome.GatewayInTrouble), Is.EqualTo((row.Result, true)));
        Assert.That(outcome.Reason, Is.EqualTo(row.Result == SendResult.NotSent ? Reasons.GatewayUnreachable : Reasons.NoAnswer));
    }

    private static SendOutcome Of(int status, string body) => Classification.Of(status, null, Encoding.UTF8.GetBytes(body), Gateway);
}
