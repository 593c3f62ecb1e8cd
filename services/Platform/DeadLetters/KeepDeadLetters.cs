using MassTransit;
using Microsoft.Extensions.Logging;
using Recado.Contracts;
using Recado.Platform.Bus;
using Recado.Platform.Data;
using Recado.Platform.Telemetry;

namespace Recado.Platform.DeadLetters;

/// <summary>
/// Takes what a consumer gave up on into its schema, where it is safe from the loss of the broker, and lets the queue go
/// on. An outage of the database is waited for.
/// </summary>
/// <param name="killed">True for what the broker delivered too often without an answer: each time the process died.</param>
/// <param name="stopping">Of the process.</param>
/// <param name="whenDead">The news that others need when this message comes to nothing; null for none.</param>
internal sealed class KeepDeadLetters<TMessage>(string queue, string wireName, bool killed, Func<TMessage, IMessage?> whenDead,
    Database database, Bus.MessagingSpans spans, TimeProvider time, ILogger log, CancellationToken stopping) : IFilter<ExceptionReceiveContext>
    where TMessage : class, IMessage
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // What a process could not do any more because it goes down is no poison: the broker gives it to the next one.
        if (stopping.IsCancellationRequested)
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        var letter = DeadLetter<TMessage>.Of(context, queue, wireName, killed);
        using var span = spans.StartDeadLetter(queue, typeof(TMessage), letter.MessageId, letter.Trace);
        using var trace = span is null ? Spans.Resume(letter.Trace) : null;
        span.Fail(letter.Reason);
        await database.InTransactionUntilDoneAsync(async transaction =>
        {
            await SaveAsync(letter, transaction, context.CancellationToken);
            if (letter.Message is not null && whenDead(letter.Message) is { } news)
                transaction.Publish(news, span?.Context ?? Spans.FromTraceparent(letter.Trace));
            transaction.OnCommitted(() => QueueMetrics.Die(queue, letter.Reason));
            return true;
        }, (exception, delay) => log.LogWarning("{Queue} waits {Delay}: {Error}", queue, delay, exception.Message), context.CancellationToken);
        log.LogError("Message {MessageId} of {Queue} is a dead letter, {Reason}: {Error}", letter.MessageId, queue, letter.Reason, letter.Error);
        await next.Send(context);
    }

    private Task SaveAsync(DeadLetter<TMessage> letter, Transaction transaction, CancellationToken cancellation) =>
        transaction.ExecuteAsync(
            """
            insert into dead_letters (dead_letter_id, queue, wire_name, message_id, body, trace, reason, error, died_at, times)
            values (@id, @queue, @wire_name, @message_id, @body, @trace, @reason, @error, @now, 1)
            on conflict (dead_letter_id) do update set reason = excluded.reason, error = excluded.error, died_at = excluded.died_at,
                times = dead_letters.times + 1, requeued_at = null
            """, cancellation, ("id", letter.Id), ("queue", letter.Queue), ("wire_name", letter.WireName), ("message_id", letter.MessageId), ("body", letter.Body),
            ("trace", letter.Trace), ("reason", letter.Reason), ("error", letter.Error), ("now", time.GetUtcNow()));

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letters");
}

/// <summary>Thrown for what the broker has delivered too often.</summary>
internal sealed class DeliveredTooOftenException() : Exception("Delivered too often without an answer.");
