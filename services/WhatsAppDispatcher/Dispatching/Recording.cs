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
    private sealed record Settled(Ended Ended, (string Status, int Attempt, DateTimeOffset DueAt, string? Reason) Next);

    private readonly BatchQueue<Ended, bool> _batches;
    private readonly TimeProvider _time;
    private readonly ILogger<Recording> _log;
    private readonly TimeSpan _probeEvery;

    public Recording(DispatcherDatabase database, IOptions<DispatcherOptions> options, TimeProvider time, ILogger<Recording> log)
    {
        (_time, _log, _probeEvery) = (time, log, options.Value.ProbeEvery);
        _batches = new(limit: 100, workers: 1, capacity: int.MaxValue, (ended, cancellation) => database.InTransactionUntilDoneAsync(
            transaction => RecordAsync(ended, transaction, cancellation),
            (exception, delay) => log.LogWarning("Recording waits {Delay}: {Error}", delay, exception.Message), cancellation),
            pace: TimeSpan.FromMilliseconds(40));
    }

    /// <summary>Returns when it is committed.</summary>
    public Task RecordAsync(Ended ended) => _batches.EnqueueAsync(ended);

    private async Task<IReadOnlyList<bool>> RecordAsync(IReadOnlyList<Ended> batch, Transaction transaction, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var settled = batch.Select(ended => new Settled(ended, Decide(ended.Message, ended.Outcome, now))).ToList();
        var recorded = Save(settled, now, transaction);
        var parked = ParkedReceipts.Ask(transaction, now, [.. batch.Select(ended => ended.Outcome.GatewayMessageId).OfType<string>()]);
        await transaction.AskAsync(cancellation);
        foreach (var (ended, next) in settled.Where(each => each.Next.Status != "waiting" && recorded.Rows.Contains(each.Ended.Message.MessageId)))
            transaction.Publish(ended.Message.Changed(next.Status, now, next.Reason, ended.Outcome.Detail, ended.Outcome.GatewayMessageId), Spans.FromTraceparent(ended.Trace));
        DispatcherMetrics.CountSends(settled.Where(each => recorded.Rows.Contains(each.Ended.Message.MessageId))
            .Select(each => (each.Next.Status == "waiting" ? DispatcherMetrics.Retried : each.Next.Status, each.Ended.Outcome.Reason)), transaction);
        await PausedNumbers.FollowAsync(batch, _probeEvery, transaction, now, _log, cancellation);
        await ParkedReceipts.ApplyAsync(parked.Rows, transaction, now, cancellation);
        return [.. batch.Select(_ => true)];
    }

    /// <summary>
    /// Answers with those that were still ours. One that could not be armed is only claimed yet, and waits again. An uncertain
    /// message whose sender comes back after all is settled by what it knows: the claim is still its own.
    /// </summary>
    private static Answer<Guid> Save(List<Settled> settled, DateTimeOffset now, Transaction transaction) =>
        transaction.Ask(
            """
            with ended (id, claim, status, attempt, due, reason, gateway, trace) as (values (@id, @claim, @status, @attempt, @due, @reason, @gateway, @trace))
            update messages set status = ended.status, attempt = ended.attempt, due_at = ended.due, reason = ended.reason, gateway_message_id = ended.gateway,
                trace = ended.trace, lease_until = null, told_at = @now, updated_at = @now
            from ended
            where messages.message_id = ended.id and messages.claim = ended.claim
                and (messages.status = 'sending'
                    or (messages.status = 'claimed' and ended.status = 'waiting')
                    or (messages.status = 'uncertain' and (ended.status = 'sent' or messages.reason = 'process_died')))
            returning message_id
            """,
            new Columns<Settled>(settled)
            {
                { "id", each => each.Ended.Message.MessageId }, { "claim", each => each.Ended.Message.Claim }, { "status", each => each.Next.Status },
                { "attempt", each => each.Next.Attempt }, { "due", each => each.Next.DueAt }, { "reason", each => each.Next.Reason },
                { "gateway", each => each.Ended.Outcome.GatewayMessageId }, { "trace", each => each.Ended.Trace }, { "now", now },
            },
            row => row.GetGuid(0));

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
