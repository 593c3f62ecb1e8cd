using System.Globalization;
using Recado.Tests.Infrastructure;

namespace Recado.Tests.Torture.Overload;

/// <summary>The most memory that each process had, looked at twice a second.</summary>
public sealed class PeakMemory(FiveProcesses processes) : IAsyncDisposable
{
    private readonly Dictionary<string, long> peaks = FiveProcesses.Services.ToDictionary(service => service, _ => 0L);
    private readonly CancellationTokenSource enough = new();
    private Task? watching;

    /// <summary>In MiB, by service.</summary>
    public IReadOnlyDictionary<string, long> Peaks => peaks;

    public void Start() => watching = WatchAsync();

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await (watching ?? Task.CompletedTask);
        enough.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            foreach (var service in FiveProcesses.Services)
                peaks[service] = Math.Max(peaks[service], ResidentMiB(processes[service].ProcessId));
            await Task.Delay(TimeSpan.FromMilliseconds(500), enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static long ResidentMiB(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
