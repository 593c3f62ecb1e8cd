using System.Diagnostics;

namespace Recado.Tests.Infrastructure;

/// <summary>Starts a server as a child process.</summary>
public static class LocalServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Starts the server and waits until it answers. One that gives up is started again: right after a kill -9 the
    /// remains of its predecessor (shared memory, a registered name) may take a moment to go.
    /// </summary>
    public static async Task<ChildProcess> StartAsync(string name, Func<ChildProcess> start, Func<Task<bool>> answers)
    {
        var clock = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            var child = start();
            await Until.TrueAsync(async () => child.HasExited || await answers(), Patience, $"{name} answers");
            if (!child.HasExited)
                return child;
            var output = child.Tail;
            await child.DisposeAsync();
            if (attempt == 5)
                throw new InvalidOperationException($"{name} did not start (tried for {clock.Elapsed.TotalSeconds:0.#} s). It wrote:\n{output}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }
}
