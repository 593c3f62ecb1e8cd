using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Refill;

namespace Recado.Platform.Outbox;

/// <summary>
/// Publishes what this process has just committed, without reading it again, and marks what the broker has confirmed, many
/// rows at a time. Loses nothing by failing: <see cref="OutboxRelay"/> finds what is not marked.
/// </summary>
internal sealed class FreshRelay(Database database, Publisher publisher, BrokerMemory memory, TimeProvider time, ILogger<FreshRelay> log) : BackgroundService
{
    private const int BatchSize = 500;

    // Nobody waits for a mark: the longer they are gathered, the fewer commits. Far below what is left of the head start.
    private static readonly TimeSpan MarkEvery = TimeSpan.FromMilliseconds(250);

    // While the broker is away; what has waited too long by then is left to the outbox.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<(Guid Id, int Connection)> _confirmed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var marking = MarkAsync(stoppingToken);
        try
        {
            while (true)
                await PublishSomeAsync(stoppingToken);
        }
        finally
        {
            await marking;
            await MarkSomeAsync();
        }
    }

    private async Task PublishSomeAsync(CancellationToken cancellation)
    {
        try
        {
            await database.Fresh.WaitAsync(cancellation);
            while (!publisher.Ready || !memory.IsSettled(database))
                await Task.Delay(LookEvery, cancellation);
            if (database.Fresh.Take(BatchSize, time.GetUtcNow()) is { Count: > 0 } rows)
                await PublishAsync(rows, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogDebug(exception, "Fresh messages of {Schema} are left to the outbox", database.Schema);
        }
    }

    private async Task PublishAsync(List<OutboxRow> rows, CancellationToken cancellation)
    {
        CrashPoints.Reach(CrashPoints.RelayClaimed);
        var connection = memory.Connections;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(FreshMessages.Head - FreshMessages.Patience);
        var confirmed = await publisher.PublishAsync(rows, deadline.Token);
        CrashPoints.Reach(CrashPoints.RelayConfirmed);
        foreach (var row in confirmed)
            _confirmed.Enqueue((row.Id, connection));
    }

    private async Task MarkAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(MarkEvery, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await MarkSomeAsync();
        }
    }

    private async Task MarkSomeAsync()
    {
        var ids = new List<Guid>();
        while (_confirmed.TryDequeue(out var row))
            // A broker that was lost in between has forgotten what it confirmed, and may be filled again already.
            if (row.Connection == memory.Connections)
                ids.Add(row.Id);
        if (ids.Count == 0)
            return;
        try
        {
            await database.InTransactionAsync(transaction => OutboxRow.Mark([.. ids], time.GetUtcNow(), transaction), CancellationToken.None);
        }
        catch (Exception exception)
        {
            log.LogDebug(exception, "{Count} confirmed messages of {Schema} are not marked: they will be published once more", ids.Count, database.Schema);
        }
    }
}
