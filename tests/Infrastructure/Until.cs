using System.Diagnostics;

namespace Recado.Tests.Infrastructure;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again; fails with <paramref name="what"/> when the answer is still no after <paramref name="timeout"/>.</summary>
    /// <param name="condition">An exception in it is not a no: it ends the wait.</param>
    /// <param name="what">What was awaited, as the end of the sentence "Still not so after 5 s: …".</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan timeout, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > timeout)
                throw new TimeoutException($"Still not so after {timeout.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Interval);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan timeout, string what) =>
        TrueAsync(() => Task.FromResult(condition()), timeout, what);
}
