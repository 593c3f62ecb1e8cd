using System.Diagnostics;
using Microsoft.Extensions.Options;
using Recado.Platform.Batching;
using Recado.Platform.Data;
using Recado.Platform.Faults;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>Claims what is due, as much as there are free hands for, arms it, and sends each message once.</summary>
public sealed class Dispatcher(DispatcherDatabase database, Sending sending, IOptions<DispatcherOptions> options, TimeProvider time, ILogger<Dispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    // From one claim to the next under load: two transactions, however many messages. A hand is taken meanwhile, here and
    // in Recording: 64 hands / (80 ms + 40 ms + the send), some 500 a second, is the most for one process.
    private static readonly TimeSpan BetweenClaims = TimeSpan.FromMilliseconds(80);

    private readonly SemaphoreSlim _due = new(0);
    private readonly SemaphoreSlim _hands = new(options.Value.Concurrency);

    /// <summary>Something may be due.</summary>
    public void Wake()
    {
        if (_due.CurrentCount == 0)
            _due.Release();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (pace, started) = (new Pace(BetweenClaims), (long?)null);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _hands.WaitAsync(stoppingToken);
                await Task.Delay(pace.Rest(started is { } last ? Stopwatch.GetElapsedTime(last) : null), CancellationToken.None);
                started = Stopwatch.GetTimestamp();
                var hands = TakeFreeHands();
                if (await DispatchAsync(hands, stoppingToken) < hands) // nothing more is due
                    await SleepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Dispatching waits: {Error}", exception.Message);
                await Task.Delay(LongestSleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        for (var hand = 0; hand < options.Value.Concurrency; hand++) // sends under way are finished and recorded
            await _hands.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private int TakeFreeHands()
    {
        var hands = 1;
        while (hands < options.Value.Concurrency && _hands.Wait(0, CancellationToken.None))
            hands++;
        return hands;
    }

    private async Task<int> DispatchAsync(int hands, CancellationToken cancellation)
    {
        var claimed = new List<OutgoingMessage>();
        try
        {
            claimed = await database.InTransactionAsync(
                transaction => Claiming.ClaimAsync(hands, options.Value, time.GetUtcNow(), transaction, cancellation), cancellation);
        }
        finally
        {
            if (hands > claimed.Count)
                _hands.Release(hands - claimed.Count);
        }
        if (claimed.Count > 0)
            Send(claimed);
        return claimed.Count;
    }

    private void Send(List<OutgoingMessage> messages)
    {
        CrashPoints.Reach(CrashPoints.DispatchClaimed);
        var start = Stopwatch.GetTimestamp();
        var arming = Task.Run(() => ArmAsync(messages));
        foreach (var message in messages)
            _ = Task.Run(() => SendAsync(message, arming, start), CancellationToken.None);
    }

    /// <summary>Null when it failed.</summary>
    private async Task<HashSet<Guid>?> ArmAsync(List<OutgoingMessage> messages)
    {
        try
        {
            return await database.InTransactionAsync(
                transaction => Arming.ArmAsync(messages, time.GetUtcNow(), transaction, CancellationToken.None), CancellationToken.None);
        }
        catch (Exception exception)
        {
            log.LogWarning("{Count} messages were not armed: {Error}", messages.Count, exception.Message);
            return null;
        }
    }

    private async Task SendAsync(OutgoingMessage message, Task<HashSet<Guid>?> arming, long start)
    {
        try
        {
            await sending.SendAsync(message, arming, start);
        }
        finally
        {
            _hands.Release();
        }
        if (message.IsProbe)
            Wake(); // the others of its number may be free to go
    }

    private async Task SleepAsync(CancellationToken cancellation)
    {
        var next = await database.QueryAsync("select min(due_at) from messages where status = 'waiting'",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetTime(0), cancellation);
        var wait = (next[0] ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // What is due and was not claimed waits for its number to connect or to be taken again, or for another process.
        var sleep = Task.Delay(wait > TimeSpan.Zero && wait < LongestSleep ? wait : LongestSleep, time, woken.Token);
        await Task.WhenAny(sleep, _due.WaitAsync(woken.Token));
        await woken.CancelAsync();
    }
}
