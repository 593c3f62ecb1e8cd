using System.Collections.Concurrent;

namespace Recado.Tests.Infrastructure;

/// <summary>The kernel sends the parent-death signal when the thread that started the child ends, so that thread must never end.</summary>
internal static class LauncherThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static LauncherThread() => new Thread(Loop) { IsBackground = true, Name = "launcher of child processes" }.Start();

    public static void Run(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        done.Task.GetAwaiter().GetResult();
    }

    private static void Loop()
    {
        foreach (var action in Work.GetConsumingEnumerable())
            action();
    }
}
