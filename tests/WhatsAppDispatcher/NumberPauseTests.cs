using Recado.Contracts;
using Recado.WhatsAppDispatcher.Pausing;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.Tests.WhatsAppDispatcher;

/// <summary>What sends say about their number.</summary>
public sealed class NumberPauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendOutcome Refused = SendOutcome.NotSent(Reasons.GatewayUnauthorized, "HTTP 401", numberRests: TimeSpan.Zero);
    private static readonly SendOutcome Sent = SendOutcome.Sent("M1");

    [Test]
    public void Only_what_is_about_the_number_pauses_it()
    {
        Assert.That(NumberPause.After([Sent, SendOutcome.Rejected("HTTP 400"), SendOutcome.NotSent(Reasons.GatewayUnreachable, "HTTP 429"), SendOutcome.Uncertain(Reasons.NoAnswer, "timeout")], TimeSpan.FromMinutes(1), Now), Is.Null);
        Assert.That(NumberPause.After([Sent, Refused, Sent], TimeSpan.FromMinutes(1), Now), Is.EqualTo(new NumberPause(NumberPause.TokenRefused, Now.AddMinutes(1))));
        Assert.That(NumberPause.After([AskedToWait(5), AskedToWait(30), Sent], TimeSpan.FromMinutes(1), Now), Is.EqualTo(new NumberPause(NumberPause.AskedToWait, Now.AddSeconds(30))));
    }

    [TestCase(1)]
    [TestCase(600)]
    public void A_refused_token_weighs_more_and_the_longest_rest_counts(int asked) => Assert.That(NumberPause.After([AskedToWait(asked), Refused], TimeSpan.FromMinutes(1), Now),
        Is.EqualTo(new NumberPause(NumberPause.TokenRefused, Now.AddSeconds(Math.Max(asked, 60)))));

    [Test]
    public void A_probe_ends_what_it_disproves()
    {
        Assert.That(NumberPause.EndedBy(Sent), Is.EquivalentTo(new[] { NumberPause.TokenRefused, NumberPause.AskedToWait }));
        Assert.That(NumberPause.EndedBy(SendOutcome.Rejected("HTTP 400")), Is.EqualTo(new[] { NumberPause.AskedToWait }), "nobody asks to wait; of the token that says nothing");
        Assert.That(NumberPause.EndedBy(SendOutcome.Uncertain(Reasons.NoAnswer, "timeout")), Is.EqualTo(new[] { NumberPause.AskedToWait }));
        Assert.That(NumberPause.EndedBy(Refused), Is.Empty);
        Assert.That(NumberPause.EndedBy(SendOutcome.NotSent(Reasons.GatewayUnreachable, "ConnectionError")), Is.Empty);
    }

    private static SendOutcome AskedToWait(int seconds) => SendOutcome.NotSent(Reasons.GatewayUnreachable, "HTTP 429", numberRests: TimeSpan.FromSeconds(seconds));
}
