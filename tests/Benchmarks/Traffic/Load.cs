using System.Diagnostics;

namespace Recado.Tests.Benchmarks.Traffic;

/// <summary>Sends prepared webhooks to a port of this machine.</summary>
public static class Load
{
    /// <summary>Closed loop: each sender sends its next one when the last was acknowledged.</summary>
    public static Task<IReadOnlyList<Sent>> ClosedAsync(int port, IReadOnlyList<Webhook> webhooks, int senders) =>
        SendAsync(port, webhooks, senders, _ => ValueTask.FromResult(DateTimeOffset.UtcNow));

    /// <summary>Open loop: each leaves when its time has come, however the server is doing. Times count from that moment.</summary>
    public static Task<IReadOnlyList<Sent>> OpenAsync(int port, IReadOnlyList<Webhook> webhooks, double perSecond)
    {
        var (start, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        return SendAsync(port, webhooks, senders: 64, async index =>
        {
            var due = TimeSpan.FromSeconds(index / perSecond);
            if (due - clock.Elapsed is { TotalMilliseconds: > 0.5 } wait)
                await Task.Delay(wait);
            return start + due;
        });
    }

    private static async Task<IReadOnlyList<Sent>> SendAsync(int port, IReadOnlyList<Webhook> webhooks, int senders, Func<int, ValueTask<DateTimeOffset>> turn)
    {
        var sent = new Sent[webhooks.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            using var line = new HttpLine(port);
            await line.ConnectAsync();
            while (Interlocked.Increment(ref next) is var index && index < webhooks.Count)
            {
                var at = await turn(index);
                var status = await line.SendAsync(webhooks[index].Request);
                if (status is < 200 or > 299)
                    throw new InvalidOperationException($"A webhook was answered with {status}: there is nothing to measure.");
                sent[index] = new(webhooks[index].Phone, at, DateTimeOffset.UtcNow - at);
            }
        }));
        return sent;
    }
}
