using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Recado.Tests.Infrastructure;

/// <summary>What a process that ran to its end left behind.</summary>
public sealed record Ended(int ExitCode, string Output);

/// <summary>A process that never outlives the test run, even when the run is killed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>SIGINT: PostgreSQL's fast shutdown.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGTERM: the polite end that an orchestrator asks for.</summary>
    public const int Terminate = 15;

    /// <summary>SIGSTOP: freezes it until <see cref="Continue"/>.</summary>
    public const int Stop = 19;

    /// <summary>SIGCONT.</summary>
    public const int Continue = 18;

    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    private ChildProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>After the end; 128 and the signal's number where a signal ended it.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Whether the kernel says that it is stopped (SIGSTOP). Linux only.</summary>
    public bool IsStopped
    {
        get
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{process.Id}/stat");
                return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('T');
            }
            catch (IOException)
            {
                return false; // it is gone
            }
        }
    }

    /// <summary>Everything written so far, both streams in the order of arrival.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>The last 500 lines of <see cref="Output"/>.</summary>
    public string Tail => string.Join('\n', lines.TakeLast(500));

    /// <summary>Starts a program; its working folder is the temporary one.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Added to this process's own environment; null takes a variable away.</param>
    /// <param name="user">The user it runs as; only root may name one.</param>
    public static ChildProcess Start(
        IEnumerable<string> command, IEnumerable<KeyValuePair<string, string?>>? environment = null, string? user = null)
    {
        var child = Launch([.. Guard(user), .. command], environment ?? []);
        child.process.StandardInput.Close();
        return child;
    }

    /// <summary>Starts the one kind of program that outlives the run for a moment: its standard input ends when the run does, however that is.</summary>
    public static ChildProcess StartCleaner(params string[] command) => Launch(command, []);

    /// <summary>Starts a program and waits for its end; one that takes too long is killed, which is an error.</summary>
    public static async Task<Ended> RunAsync(
        IEnumerable<string> command, TimeSpan timeout, IEnumerable<KeyValuePair<string, string?>>? environment = null, string? user = null)
    {
        await using var child = Start(command, environment, user);
        return await child.EndAsync(timeout);
    }

    /// <summary>Waits for the end by itself; a process that takes too long is killed, which is an error.</summary>
    public async Task<Ended> EndAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException(
                $"{process.StartInfo.FileName} was still running after {timeout.TotalSeconds:0.#} s. It wrote:\n{Tail}");
        }
        return new Ended(process.ExitCode, Output);
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal)
    {
        if (!process.HasExited)
            _ = kill(process.Id, signal);
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task<Ended> StopAsync(int signal, TimeSpan timeout)
    {
        Signal(signal);
        return await EndAsync(timeout);
    }

    /// <summary>kill -9, for the process and all it started.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await Until.TrueAsync(() => process.HasExited, TimeSpan.FromSeconds(90), "a killed process is gone");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private static ChildProcess Launch(string[] command, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
                start.Environment.Add(name, value);
        }
        var child = new ChildProcess(start);
        LauncherThread.Run(child.Start);
        return child;
    }

    private void Start()
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }

    private static string[] Guard(string? user)
    {
        if (Programs.Find("setpriv") is { } setpriv)
            return [setpriv, .. user is null ? (string[])[] : ["--reuid", user, "--regid", user, "--init-groups"], "--pdeathsig", "SIGKILL", "--"];
        return user is null ? [] : throw new InvalidOperationException($"setpriv (util-linux) is needed to run as {user}.");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
