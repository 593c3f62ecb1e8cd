using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Outbox;

namespace Recado.Platform.Refill;

/// <summary>
/// Every half minute, tells all services how far the queues of this process are. Straight to the broker: one that does
/// not arrive only means that more is published again than needed.
/// </summary>
internal sealed class TellProgress(HandledThrough handled, Publisher publisher, TimeProvider time, ILogger<TellProgress> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Dictionary<HandledThrough.Queue, DateTimeOffset> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var (queue, through) in handled.Current)
                if (publisher.Ready && _told.GetValueOrDefault(queue) < through && await TryTellAsync(queue, through, stoppingToken))
                    _told[queue] = through;
    }

    private async Task<bool> TryTellAsync(HandledThrough.Queue queue, DateTimeOffset through, CancellationToken cancellation)
    {
        try
        {
            var news = new MessagesHandled { Queue = queue.Name, WireName = queue.WireName, Through = through };
            await publisher.PublishAsync(OutboxRow.Of(news, default, time.GetUtcNow()), cancellation);
            return true;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogDebug(exception, "Nobody was told how far {Queue} is", queue.Name);
            return false;
        }
    }
}
