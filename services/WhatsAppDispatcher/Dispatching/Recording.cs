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
    private sealed record Settled(Ended Ended, (string Status, int Attempt, DateTimeOffset DueAt) Next)
    {
        public (Guid Message, Guid Claim) Claim => (Ended.Message.MessageId, Ended.Message.Claim);
    }

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
        var saved = Save(settled, now, transaction);
        var parked = ParkedReceipts.Ask(transaction, now, [.. batch.Select(ended => ended.Outcome.GatewayMessageId).OfType<string>()]);
        await transaction.AskAsync(cancellation);
        var became = saved.Rows.ToDictionary();
        var recorded = settled.Where(each => became.ContainsKey(each.Claim)).Select(each => (each.Ended, Status: became[each.Claim])).ToList();
        foreach (var (ended, status) in recorded.Where(each => each.Status != "waiting"))
            transaction.Publish(ended.Message.Changed(status, now, ended.Outcome.Reason, ended.Outcome.Detail, ended.Outcome.GatewayMessageId), Spans.FromTraceparent(ended.Trace));
        DispatcherMetrics.CountSends(recorded.Select(each => (each.Status == "waiting" ? DispatcherMetrics.Retried : each.Status, each.Ended.Outcome.Reason)), transaction);
        await PausedNumbers.FollowAsync(batch, _probeEvery, transaction, now, _log, cancellation);
        await ParkedReceipts.ApplyAsync(parked.Rows, transaction, now, cancellation);
        return [.. batch.Select(_ => true)];
    }

    /// <summary>
    /// Answers with those that were still ours, and what they became. One that could not be armed is only claimed yet, and
    /// waits again. An uncertain message whose sender comes back after all is settled by what it knows: the claim is still
    /// its own. But it does not wait again: its journey has gone on since, and nobody would call it back any more.
    /// </summary>
    private static Answer<KeyValuePair<(Guid Message, Guid Claim), string>> Save(List<Settled> settled, DateTimeOffset now, Transaction transaction) =>
        transaction.Ask(
            """
            with ended (id, fence, outcome, attempt, due, why, gateway, trace) as (values (@id, @fence, @outcome, @attempt, @due, @why, @gateway, @trace))
            update messages set
                status = case when messages.status = 'uncertain' and outcome = 'waiting' then 'failed' else outcome end,
                reason = case when messages.status = 'uncertain' or outcome <> 'waiting' then why end,
                attempt = ended.attempt, due_at = due, gateway_message_id = gateway, trace = ended.trace,
                lease_until = null, told_at = @now, updated_at = @now
            from ended
            where messages.message_id = ended.id and claim = fence
                and (messages.status = 'sending'
                    or (messages.status = 'claimed' and outcome = 'waiting')
                    or (messages.status = 'uncertain' and (outcome = 'sent' or messages.reason = 'process_died')))
            returning message_id, claim, status
            """,
            new Columns<Settled>(settled)
            {
                { "id", each => each.Ended.Message.MessageId }, { "fence", each => each.Ended.Message.Claim }, { "outcome", each => each.Next.Status },
                { "attempt", each => each.Next.Attempt }, { "due", each => each.Next.DueAt }, { "why", each => each.Ended.Outcome.Reason },
                { "gateway", each => each.Ended.Outcome.GatewayMessageId }, { "trace", each => each.Ended.Trace }, { "now", now },
            },
            row => KeyValuePair.Create((row.GetGuid(0), row.GetGuid(1)), row.GetString(2)));

    /// <summary>Where a message goes after a send. Pure.</summary>
    internal static (string Status, int Attempt, DateTimeOffset DueAt) Decide(OutgoingMessage message, SendOutcome outcome, DateTimeOffset now)
    {
        var attempt = message.Attempt + (outcome is { Result: SendResult.NotSent, Counts: true } ? 1 : 0);
        switch (outcome.Result)
        {
            case SendResult.Sent:
                return (MessageStatuses.Sent, attempt, now);
            case SendResult.Rejected:
                return (MessageStatuses.Failed, attempt, now);
            case SendResult.Uncertain:
                return (MessageStatuses.Uncertain, attempt, now);
            default:
                return SendBackOff.Delay(attempt, outcome.RetryAfter) is { } pause
                    ? ("waiting", attempt, now + pause)
                    : (MessageStatuses.Failed, attempt, now);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();
}
