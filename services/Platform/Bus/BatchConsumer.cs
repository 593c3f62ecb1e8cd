using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Batching;
using Recado.Platform.Data;
using Recado.Platform.Faults;
using Recado.Platform.Refill;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Bus;

/// <summary>
/// Brings what arrives on a queue to its handler, in batches of one transaction each. A message is acknowledged after
/// the commit; its id is claimed in the inbox by the same commit.
/// </summary>
internal sealed class BatchConsumer<TMessage, THandler, TDatabase> : IAsyncDisposable
    where TMessage : class, IMessage
    where THandler : class, IHandle<TMessage>
    where TDatabase : Database
{
    private readonly BatchQueue<Received<TMessage>, bool> _batches;
    private readonly THandler _handler;
    private readonly TDatabase _database;
    private readonly HandledThrough _progress;
    private readonly MessagingSpans _spans;
    private readonly TimeProvider _time;
    private readonly ILogger<BatchConsumer<TMessage, THandler, TDatabase>> _log;
#if FAULTS
    private TaskCompletionSource<bool> _someHandled = new();
#endif

    public BatchConsumer(THandler handler, TDatabase database, HandledThrough progress, MessagingSpans spans, IOptions<BusOptions> options,
        TimeProvider time, ILogger<BatchConsumer<TMessage, THandler, TDatabase>> log)
    {
        (_handler, _database, _progress, _spans, _time, _log) = (handler, database, progress, spans, time, log);
        _batches = new(limit: options.Value.Prefetch, workers: 1, capacity: int.MaxValue, RunAsync, pace: TimeSpan.FromMilliseconds(80));
    }

    public string Queue { get; set; } = "";

    /// <summary>Returns when it is handled, and may be acknowledged.</summary>
    public async Task ConsumeAsync(TMessage message, Headers headers)
    {
        CrashPoints.Reach(CrashPoints.Delivered(Queue));
        var handled = HandleAsync(message, headers);
#if FAULTS
        if (PlantedBugs.AcknowledgeBeforeCommit)
            return;
        if (PlantedBugs.MultipleAcknowledge)
            handled = await Task.WhenAny(handled, _someHandled.Task);
#endif
        await handled;
        CrashPoints.Reach(CrashPoints.Committed(Queue));
#if FAULTS
        Interlocked.Exchange(ref _someHandled, new()).TrySetResult(true);
#endif
    }

    private async Task<bool> HandleAsync(TMessage message, Headers headers)
    {
        var sender = Spans.FromTraceparent(headers.Get<string>(Publisher.TraceHeader));
        using var span = _spans.StartProcess(Queue, message, sender);
        try
        {
            await _batches.EnqueueAsync(new Received<TMessage>(message, sender) { Span = span });
        }
        catch (Exception exception) when (span is not null && exception is not OperationCanceledException) // the broker gives it to the next process
        {
            span.Fail(exception);
            throw;
        }
        if (headers.Get<string>(Publisher.PublishedHeader) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var published))
        {
            _progress.Note(_database, Queue, MessageTypes.WireNameOf(typeof(TMessage)), published);
            QueueMetrics.Take(Queue, _time.GetUtcNow() - published);
        }
        return true;
    }

    private async Task<IReadOnlyList<bool>> RunAsync(IReadOnlyList<Received<TMessage>> messages, CancellationToken cancellation)
    {
        using var span = _spans.StartBatch(Queue, messages);
        try
        {
            return await _database.InTransactionUntilDoneAsync<IReadOnlyList<bool>>(
                async transaction =>
                {
                    await HandleAsync(messages, transaction, cancellation);
                    return [.. messages.Select(_ => true)];
                },
                (exception, delay) => _log.LogWarning("{Queue} waits {Delay}: {Error}", Queue, delay, exception.Message),
                cancellation);
        }
        catch (Exception exception) when (span is not null && exception is not OperationCanceledException)
        {
            span.Fail(exception);
            throw;
        }
    }

    private async Task HandleAsync(IReadOnlyList<Received<TMessage>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var fresh = await ClaimAsync(messages, transaction, cancellation);
        if (fresh.Count > 0)
            await _handler.HandleAsync(fresh, transaction, cancellation);
        transaction.OnCommitted(() => QueueMetrics.Handle(Queue, fresh.Count));
        CrashPoints.Reach(CrashPoints.Handled(Queue));
    }

    private async Task<List<Received<TMessage>>> ClaimAsync(IReadOnlyList<Received<TMessage>> messages, Transaction transaction, CancellationToken cancellation)
    {
        var distinct = messages.DistinctBy(received => received.Message.Id).ToList();
        // In the order of their ids, so that two replicas never wait for each other crosswise. One that a replica has in its
        // hands is waited for: if it is done there, it is not returned here.
        var claimed = await transaction.QueryAsync(
            "insert into inbox (queue, message_id, handled_at) values (@queue, @id, @now) on conflict do nothing returning message_id",
            new Columns<Guid>([.. distinct.Select(received => received.Message.Id).Order()]) { { "id", id => id }, { "queue", Queue }, { "now", _time.GetUtcNow() } },
            row => row.GetGuid(0), cancellation);
        if (claimed.Count < distinct.Count)
            distinct.RemoveAll(received => !claimed.Contains(received.Message.Id));
        return distinct;
    }

    /// <summary>Gives up what cannot be done by then, because the database is away.</summary>
    public void StopWithin(TimeSpan grace) => _batches.StopWithin(grace);

    public ValueTask DisposeAsync()
    {
        _batches.StopWithin(TimeSpan.Zero); // the bus has stopped: what still waits for the database is with the broker again
        return _batches.DisposeAsync();
    }
}
