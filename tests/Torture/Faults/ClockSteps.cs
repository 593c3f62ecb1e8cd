using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture.Faults;

/// <summary>The wall clock of one service jumps by an hour and back while it runs (libfaketime); its monotonic clock stays true.</summary>
public sealed class ClockSteps(World world, Random random)
{
    private static readonly string[] Libraries = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"];

    /// <summary>Forth, back, and a start with the true clock.</summary>
    public async Task StrikeAsync()
    {
        var library = Libraries.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("libfaketime was not found: install faketime, or run ./test, which does what is needed.");
        var process = world.Processes[FiveProcesses.Services[random.Next(FiveProcesses.Services.Count)]];
        var clock = Path.Combine(world.Folder, "clock");
        await File.WriteAllTextAsync(clock, "+0\n");
        await process.StopAsync();
        await process.StartAsync(new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = clock,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        });
        foreach (var step in random.Next(2) == 0 ? (string[])["+1h", "-1h"] : ["-1h", "+1h"])
        {
            await File.WriteAllTextAsync(clock, step + "\n");
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
        await process.StopAsync();
        await process.StartAsync();
    }
}
