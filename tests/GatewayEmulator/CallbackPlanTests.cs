using Recado.GatewayEmulator.Behaviours;
using Recado.GatewayEmulator.Callbacks;

namespace Recado.Tests.GatewayEmulator;

public sealed class CallbackPlanTests
{
    private static readonly byte[] Echo = [1];

    [TestCase(CallbackFaults.None, "DELIVERY@100 RECEIVED@300 READ@600")]
    [TestCase(CallbackFaults.Reordered, "READ@100 RECEIVED@300 DELIVERY@600")]
    [TestCase(CallbackFaults.Duplicate, "DELIVERY@100 DELIVERY@100 RECEIVED@300 RECEIVED@300 READ@600 READ@600")]
    [TestCase(CallbackFaults.Early, "DELIVERY@0 RECEIVED@0 READ@0")]
    [TestCase(CallbackFaults.Early | CallbackFaults.Reordered, "READ@0 RECEIVED@0 DELIVERY@0")]
    [TestCase(CallbackFaults.DeliveryError, "DELIVERY ERROR@100")]
    [TestCase(CallbackFaults.Silent | CallbackFaults.Duplicate, "")]
    public void Faults_change_what_goes_out_and_when(CallbackFaults faults, string expected)
    {
        var plan = CallbackPlan.For(Receipt.Defaults, faults, echo: null);

        Assert.That(string.Join(' ', plan.Select(Show)), Is.EqualTo(expected));
    }

    [Test]
    public void An_echo_goes_ahead_of_the_receipts_and_is_silent_with_them()
    {
        Assert.That(CallbackPlan.For(Receipt.Defaults, CallbackFaults.None, Echo)[0].Body, Is.SameAs(Echo));
        Assert.That(CallbackPlan.For([], CallbackFaults.None, Echo), Has.Length.EqualTo(1));
        Assert.That(CallbackPlan.For(Receipt.Defaults, CallbackFaults.Silent, Echo), Is.Empty);
        Assert.That(CallbackPlan.For(Receipt.Defaults, CallbackFaults.DeliveryError, Echo), Has.Length.EqualTo(1));
    }

    [TestCase(1, 0, 200)]
    [TestCase(2, 1, 1_000)]
    [TestCase(3, 2, 5_000)]
    [TestCase(9, 115, 5_000)]
    [TestCase(10, 116, null)]
    public void A_refused_callback_is_repeated_for_two_minutes(int failures, int secondsSinceFirst, int? expectedMs)
    {
        Assert.That(RetryDelay.After(failures, TimeSpan.FromSeconds(secondsSinceFirst))?.TotalMilliseconds, Is.EqualTo(expectedMs));
    }

    [Test]
    public void A_chain_gives_a_callback_up_after_two_minutes_and_goes_on_with_the_next()
    {
        var now = DateTimeOffset.UnixEpoch;
        var chain = new CallbackChain("I", [new(CallbackKind.Received, TimeSpan.Zero, Body: [1]), new(CallbackKind.Received, TimeSpan.Zero, Body: [2])]);
        chain.Start(now);
        List<double> attempts = [];
        while (chain.GoOut(now) is [1])
        {
            attempts.Add((now - DateTimeOffset.UnixEpoch).TotalSeconds);
            chain.Failed(now);
            now = chain.Due > now ? chain.Due : now;
        }

        Assert.That(attempts.Take(5), Is.EqualTo((double[])[0, 0.2, 1.2, 6.2, 11.2]).Within(0.001));
        Assert.That(attempts[^1], Is.InRange(110, 120));
        Assert.That(chain.IsFinished, Is.False);
    }

    private static string Show(CallbackStep step) =>
        $"{(step.Kind == CallbackKind.Delivery ? "DELIVERY" + (step.Status is null ? "" : " " + step.Status) : step.Status)}@{step.After.TotalMilliseconds}";
}
