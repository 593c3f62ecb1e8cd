using Recado.WhatsAppDispatcher.Dispatching;

namespace Recado.Tests.WhatsAppDispatcher;

public sealed class SendBackOffTests
{
    [TestCase(0, null, 2)] // one that did not count
    [TestCase(1, null, 2)]
    [TestCase(2, null, 10)]
    [TestCase(3, null, 60)]
    [TestCase(4, null, 300)]
    [TestCase(5, null, 1800)]
    [TestCase(6, null, 7200)]
    [TestCase(1, 1, 2)] // what the gateway asks for never shortens
    [TestCase(1, 45, 45)]
    [TestCase(0, 3600, 3600)]
    public void Pauses_grow(int attempts, int? retryAfter, int seconds) =>
        Assert.That(SendBackOff.Delay(attempts, retryAfter is { } asked ? TimeSpan.FromSeconds(asked) : null), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(null)]
    [TestCase(60)]
    public void After_six_attempts_it_is_given_up(int? retryAfter) =>
        Assert.That(SendBackOff.Delay(7, retryAfter is { } asked ? TimeSpan.FromSeconds(asked) : null), Is.Null);
}
