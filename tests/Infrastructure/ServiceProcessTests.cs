namespace Recado.Tests.Infrastructure;

public sealed class ServiceProcessTests
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Test]
    public async Task A_service_comes_back_on_the_same_port_after_a_kill_and_ends_cleanly_when_asked()
    {
        await using var emulator = new ServiceProcess("GatewayEmulator", NoSettings);
        await emulator.StartAsync();

        await emulator.KillAsync();
        Assert.That(emulator.IsRunning, Is.False);
        Assert.That(await emulator.IsReadyAsync(), Is.False);
        await emulator.StartAsync();
        var ended = await emulator.StopAsync();

        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
    }

    [Test]
    public async Task What_a_refused_start_wrote_is_kept()
    {
        await using var ingest = new ServiceProcess("Ingest", NoSettings);

        var ended = await ingest.RunToEndAsync();

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Output, Does.Contain("Database"));
    }

    [Test]
    public async Task A_service_that_ends_instead_of_becoming_ready_fails_at_once_with_its_output()
    {
        await using var ingest = new ServiceProcess("Ingest", NoSettings);

        Assert.That(() => ingest.StartAsync(), Throws.InvalidOperationException.With.Message.Contains("cannot start"));
    }
}
