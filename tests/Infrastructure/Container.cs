using System.Globalization;

namespace Recado.Tests.Infrastructure;

/// <summary>A container, by the Docker command line. It is removed with its data when this process ends, however that is.</summary>
/// <param name="kind">Becomes a part of its name.</param>
/// <param name="run">What follows <c>docker run</c>: options, image, arguments.</param>
public sealed class Container(string kind, params string[] run) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static int made;
    private readonly string name =
        string.Create(CultureInfo.InvariantCulture, $"recado-tests-{kind}-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
    private ChildProcess? cleaner;

    /// <summary>Whether an engine answers whose published ports are on this machine's loopback address.</summary>
    public static async Task<bool> EngineAnswersAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        var local = string.IsNullOrEmpty(host) || host.StartsWith("unix://", StringComparison.Ordinal);
        if (!local || Programs.Find("docker") is not { } docker)
            return false;
        return (await ChildProcess.RunAsync([docker, "info"], TimeSpan.FromSeconds(30))).ExitCode == 0;
    }

    /// <summary>Makes it, or starts it again on the same ports, and waits until it answers.</summary>
    public async Task StartAsync(Func<Task<bool>> answers)
    {
        if (cleaner is null)
        {
            cleaner = ChildProcess.StartCleaner("sh", "-c", $"trap '' INT TERM HUP; cat >/dev/null; docker rm -f -v {name} >/dev/null 2>&1");
            await DockerAsync(["run", "-d", "--name", name, "--hostname", name, .. run]);
        }
        else
        {
            await DockerAsync("start", name);
        }
        await Until.TrueAsync(answers, TimeSpan.FromSeconds(120), $"the container {name} answers");
    }

    public Task StopAsync() => DockerAsync("stop", name);

    /// <summary>kill -9.</summary>
    public Task KillAsync() => DockerAsync("kill", name);

    /// <summary>Runs a program inside.</summary>
    public Task ExecuteAsync(params string[] command) => DockerAsync(["exec", name, .. command]);

    /// <summary>Removes it with its data; the next start makes it anew.</summary>
    public async ValueTask DisposeAsync()
    {
        if (cleaner is null)
            return;
        await DockerAsync("rm", "-f", "-v", name);
        await cleaner.DisposeAsync();
        cleaner = null;
    }

    private static async Task DockerAsync(params string[] arguments)
    {
        var ended = await ChildProcess.RunAsync(["docker", .. arguments], Patience);
        if (ended.ExitCode != 0)
            throw new InvalidOperationException($"docker {arguments[0]} ended with {ended.ExitCode}: {ended.Output}");
    }
}
