using Recado.Tests.Infrastructure;

namespace Recado.Tests;

/// <summary>Nothing that a test started stays behind, and what a process wrote is shown where a test has failed.</summary>
[SetUpFixture]
public sealed class EndOfRun
{
    [OneTimeSetUp]
    public void Listen_to_last_words() => ServiceProcess.OnEnd = FailedTest.Show;

    [OneTimeTearDown]
    public Task Stop_the_shared_servers() => Servers.StopAsync();
}
