using Npgsql;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture.Faults;

/// <summary>The gateway has a bad day: every fault that the emulator knows, a few sends each.</summary>
public sealed class GatewayFaults(World world, Strikes strikes)
{
    private const int Each = 2;

    private static readonly string[] InDoubt = ["server-error", "server-error-after-accept", "timeout-after-accept", "timeout-before-accept", "lost-response", "invalid-json", "no-id"];
    private static readonly string[] Certain = ["too-many-requests"];
    private static readonly string[] OfCallbacks = ["duplicate-callbacks", "reordered-callbacks", "early-callbacks"];

    /// <summary>Waits until sends were struck, then all is as before.</summary>
    public async Task StrikeAsync()
    {
        strikes.Doubts(InDoubt.Length * Each);
        var answers = InDoubt.Concat(Certain).Select(fault => new { fault, times = Each, delayMs = (int)(World.SendTimeout.TotalMilliseconds * 1.5), retryAfterSeconds = 2 });
        var callbacks = OfCallbacks.Select(fault => new { fault, times = 5 * Each, delayMs = 0, retryAfterSeconds = 0 });
        await world.Processes.Gateway.BehaveAsync(World.Behaviour([.. answers, .. callbacks]));
        await Task.Delay(TimeSpan.FromSeconds(10));
        // Last, for it pauses its number: what the others left to be sent again would have to wait for that.
        await world.Processes.Gateway.BehaveAsync(World.Behaviour(new { fault = "unauthorized", times = Each }));
        await Until.TrueAsync(async () => await PausesAsync() > 0, TimeSpan.FromSeconds(30), "a number is paused");
        await world.Processes.Gateway.BehaveAsync(World.UsualBehaviour);
        await Until.TrueAsync(async () => await PausesAsync() == 0, TimeSpan.FromSeconds(60), "no number is paused any more");
    }

    private async Task<long> PausesAsync()
    {
        await using var connection = await world.ConnectAsync();
        await using var command = new NpgsqlCommand("select count(*) from whatsapp_dispatcher.pauses", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
