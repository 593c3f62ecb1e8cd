using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

public sealed class DemoTests
{
    [Test]
    public async Task The_demonstration_shows_every_source_to_the_customers_eyes_and_ends_well()
    {
        await using var standalone = new ServiceProcess("Standalone", new Dictionary<string, string>());
        var ended = await standalone.RunToEndAsync("--demo");
        Assert.That(ended.ExitCode, Is.EqualTo(0), ended.Output);
        Assert.That(ended.Output, Does.Contain("12 messages read, and the paid cart stayed silent."));
        Assert.That(ended.Output, Does.Contain("Oi, João, este é o nosso último lembrete."));
    }
}
