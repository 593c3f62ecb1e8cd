#if FAULTS
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Recado.Platform.Faults;

public static partial class CrashPoints
{
    private const int Kill = 9;
    private const int Stop = 19;

    private static readonly ConcurrentDictionary<string, int> Visits = new();
    private static readonly (string Point, int Nth) Crash = Plan("CRASH_AT");
    private static readonly (string Point, int Nth) Freeze = Plan("STOP_AT");

    static partial void Arrive(string point, TimeSpan moment)
    {
        if (point != Crash.Point && point != Freeze.Point)
            return;
        var visit = Visits.AddOrUpdate(point, 1, (_, before) => before + 1);
        if ((point, visit) == Crash)
            Signal(Kill, moment);
        if ((point, visit) == Freeze)
        {
            Signal(Stop, moment);
            if (moment == TimeSpan.Zero)
                Thread.Sleep(100); // another thread takes the signal: this one must not go on before it is stopped, too
        }
    }

    private static void Signal(int signal, TimeSpan moment)
    {
        if (moment == TimeSpan.Zero)
            _ = kill(Environment.ProcessId, signal);
        else
            _ = Task.Delay(moment).ContinueWith(_ => kill(Environment.ProcessId, signal), TaskScheduler.Default);
    }

    private static (string Point, int Nth) Plan(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Split(':') is [var point, var nth] ? (point, int.Parse(nth, CultureInfo.InvariantCulture)) : ("", 0);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
#endif
