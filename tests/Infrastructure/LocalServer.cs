using System.Diagnostics;

namespace Recado.Tests.Infrastructure;

/// <summary>Starts a server as a child process.</summary>
public static class LocalServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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
            if (await AnswersAsync(child, answers))
                return child;
            var output = child.Tail;
            await child.DisposeAsync();
            if (attempt == 3)
                throw new InvalidOperationException($"{name} did not start (tried {attempt} times in {clock.Elapsed.TotalSeconds:0.#} s). It wrote:\n{output}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    /// <summary>False when it ended, or is alive and mute for too long.</summary>
    private static async Task<bool> AnswersAsync(ChildProcess child, Func<Task<bool>> answers)
    {
        var clock = Stopwatch.StartNew();
        while (!child.HasExited && clock.Elapsed < Patience)
        {
            if (await answers())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
        return false;
    }
}
