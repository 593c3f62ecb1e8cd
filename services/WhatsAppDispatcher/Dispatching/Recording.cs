using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Batching;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Pausing;
using Recado.WhatsAppDispatcher.Receipts;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>A send that has ended, one way or another.</summary>
/// <param name="Trace">Of the send: receipts link to it.</param>
public sealed record Ended(OutgoingMessage Message, SendOutcome Outcome, string? Trace);

/// <summary>Writes down what came of a send; through an outage it keeps trying, for the memory of it is only here.</summary>
public sealed class Recording : IAsyncDisposable
{
    private readonly BatchQueue<Ended, bool> _batches;
    private readonly TimeProvider _time;
    private readonly ILogger<Recording> _log;
    private readonly TimeSpan _probeEvery;

    public Recording(DispatcherDatabase database, IOptions<DispatcherOptions> options, TimeProvider time, ILogger<Recording> log)
    {
        (_time, _log, _probeEvery) = (time, log, options.Value.ProbeEvery);
        _batches = new(limit: 100, workers: 1, capacity: int.MaxValue, (ended, cancellation) => database.InTransactionUntilDoneAsync(
            transaction => RecordAsync(ended, transaction, cancellation),
            (exception, delay) => log.LogWarning("Recording waits {Delay}: {Error}", delay, exception.Message), cancellation));
    }

    /// <summary>Returns when it is committed.</summary>
    public Task RecordAsync(Ended ended) => _batches.EnqueueAsync(ended);

    private async Task<IReadOnlyList<bool>> RecordAsync(IReadOnlyList<Ended> batch, Transaction transaction, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        foreach (var ended in batch)
        {
            var next = Decide(ended.Message, ended.Outcome, now);
            // An uncertain message whose sender comes back after all is settled by what it knows: the claim is still its own.
            var recorded = await transaction.ExecuteAsync(
                """
                update messages set status = @status, attempt = @attempt, due_at = @due, reason = @reason, gateway_message_id = @gateway,
                    trace = @trace, lease_until = null, told_at = @now, updated_at = @now
                where message_id = @id and claim = @claim and (status = 'sending' or (status = 'uncertain' and (@status = 'sent' or reason = 'process_died')))
                """,
                cancellation, ("status", next.Status), ("attempt", next.Attempt), ("due", next.DueAt), ("reason", next.Reason), ("gateway", ended.Outcome.GatewayMessageId),
                ("trace", ended.Trace), ("now", now), ("id", ended.Message.MessageId), ("claim", ended.Message.Claim));
            if (recorded == 1 && next.Status != "waiting")
                transaction.Publish(ended.Message.Changed(next.Status, now, next.Reason, ended.Outcome.Detail, ended.Outcome.GatewayMessageId), Spans.FromTraceparent(ended.Trace));
        }
        await PausedNumbers.FollowAsync(batch, _probeEvery, transaction, now, _log, cancellation);
        string[] known = [.. batch.Select(ended => ended.Outcome.GatewayMessageId).OfType<string>()];
        if (known.Length > 0)
            await ParkedReceipts.MatchAsync(transaction, now, known, cancellation);
        return [.. batch.Select(_ => true)];
    }

    /// <summary>Where a message goes after a send. Pure.</summary>
    internal static (string Status, int Attempt, DateTimeOffset DueAt, string? Reason) Decide(OutgoingMessage message, SendOutcome outcome, DateTimeOffset now)
    {
        var attempt = message.Attempt + (outcome is { Result: SendResult.NotSent, Counts: true } ? 1 : 0);
        switch (outcome.Result)
        {
            case SendResult.Sent:
                return (MessageStatuses.Sent, attempt, now, null);
            case SendResult.Rejected:
                return (MessageStatuses.Failed, attempt, now, outcome.Reason);
            case SendResult.Uncertain:
                return (MessageStatuses.Uncertain, attempt, now, outcome.Reason);
            default:
                return SendBackOff.Delay(attempt, outcome.RetryAfter) is { } pause
                    ? ("waiting", attempt, now + pause, null)
                    : (MessageStatuses.Failed, attempt, now, outcome.Reason);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();
}
