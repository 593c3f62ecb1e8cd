using Recado.Tests.Infrastructure;

namespace Recado.Tests.EndToEnd;

/// <summary>One process, its bus in memory: what it had accepted survives it.</summary>
public sealed class StandaloneCrashTests
{
    [Test]
    public async Task A_killed_process_finishes_after_its_restart_what_it_had_accepted()
    {
        var settings = new Dictionary<string, string>
        {
            ["Database"] = $"Data Source={Path.Combine(RunFolder.New("crash"), "recado.db")}",
            ["Dispatcher__Lease"] = "00:00:05",
            ["Dispatcher__SendTimeout"] = "00:00:03",
        };
        // Its own emulator would forget with it, so the gateway is another process.
        await using var gateway = new ServiceProcess("GatewayEmulator", new Dictionary<string, string>());
        await gateway.StartAsync();
        settings["GatewayUrl"] = $"http://127.0.0.1:{gateway.Port}";
        await using var standalone = new ServiceProcess("Standalone", settings);
        await standalone.StartAsync();
        var recado = new ProcessRecado(standalone, gateway);

        var ledger = new SenderLedger(recado, "34");
        using var stop = new CancellationTokenSource();
        var sending = ledger.SendUntilAsync(stop.Token);
        foreach (var wanted in (int[])[100, 250])
        {
            await Until.TrueAsync(() => ledger.Accepted.Count >= wanted, RunningRecado.Soon, "the load runs");
            await standalone.KillAsync();
            await standalone.StartAsync();
        }
        await stop.CancelAsync();
        await sending;

        await Until.TrueAsync(async () =>
        {
            var received = (await recado.Gateway.AllAsync()).Select(message => message.Phone).ToHashSet();
            foreach (var (phone, id) in ledger.Accepted)
                if (!received.Contains(phone) && !(await recado.TimelineAsync(id)).Any(line => line is { What: "uncertain", Reason: "process_died" }))
                    return false;
            return true;
        }, TimeSpan.FromSeconds(60), "every accepted event has its message, or is uncertain");
        Assert.That((await recado.Gateway.AllAsync()).CountBy(message => message.Phone), Has.All.Property("Value").EqualTo(1));
    }

    private sealed class ProcessRecado(ServiceProcess standalone, ServiceProcess gateway) : RunningRecado
    {
        public override HttpClient Ingest => standalone.Http;
        public override HttpClient Timelines => standalone.Http;
        public override GatewayMessages Gateway { get; } = new(gateway.Http);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
