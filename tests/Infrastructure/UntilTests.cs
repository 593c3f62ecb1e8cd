namespace Recado.Tests.Infrastructure;

public sealed class UntilTests
{
    [Test]
    public async Task A_condition_that_becomes_true_ends_the_wait()
    {
        var asked = 0;

        await Until.TrueAsync(() => ++asked == 3, TimeSpan.FromSeconds(90), "asked three times");

        Assert.That(asked, Is.EqualTo(3));
    }

    [Test]
    public void A_condition_that_stays_false_fails_with_what_was_awaited() =>
        Assert.That(() => Until.TrueAsync(() => false, TimeSpan.FromMilliseconds(50), "pigs fly"),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("pigs fly"));

    [Test]
    public void Ports_are_given_once()
    {
        int[] ports = [.. Enumerable.Range(0, 100).Select(_ => Ports.Free())];

        Assert.That(ports, Is.Unique.And.All.InRange(1024, 32_000));
    }
}
