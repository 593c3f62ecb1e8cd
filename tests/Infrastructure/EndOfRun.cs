using Recado.Tests.Infrastructure;

// One level up, so that it is the end of all tests and not of the ones in this folder.
#pragma warning disable IDE0130
namespace Recado.Tests;
#pragma warning restore IDE0130

/// <summary>Nothing that a test started stays behind.</summary>
[SetUpFixture]
public sealed class EndOfRun
{
    [OneTimeTearDown]
    public Task Stop_the_shared_servers() => Servers.StopAsync();
}
