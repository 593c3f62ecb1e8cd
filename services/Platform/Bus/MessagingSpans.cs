using System.Diagnostics;
using Microsoft.Extensions.Options;
using Recado.Contracts;
using Recado.Platform.Outbox;
using Recado.Platform.Telemetry;

namespace Recado.Platform.Bus;

/// <summary>
/// The spans of messages on the bus, by OpenTelemetry's semantic conventions for messaging and RabbitMQ (development status,
/// v1.44): <c>send EXCHANGE</c>, whose context travels with the message; <c>process QUEUE</c>, its child, for each time
/// that a message is handled, so that one trace leads through all services; <c>process_batch QUEUE</c> for the transaction
/// that several share, linked to theirs. A span's name has the queue alone, where the destination has the exchange too.
/// </summary>
internal sealed class MessagingSpans(IOptions<BusOptions> options)
{
    private readonly string _system = options.Value.InMemory ? "in_memory" : "rabbitmq";
    private readonly Uri? _broker = options.Value.InMemory ? null : new(options.Value.Broker);

    /// <summary>Of a row on its way; null while nobody listens, and for what belongs to no trace.</summary>
    public Activity? StartSend(OutboxRow row) => row.Trace is null || !Spans.Source.HasListeners()
        ? null
        : Describe(Spans.Source.StartActivity($"send {row.WireName}", ActivityKind.Producer, Spans.FromTraceparent(row.Trace)), "send", "send", row.WireName, row.MessageId);

    /// <summary>Of a message while it is handled.</summary>
    /// <param name="sender">The context that came with it.</param>
    public Activity? StartProcess(string queue, IMessage message, ActivityContext sender)
    {
        if (!Spans.Source.HasListeners())
            return null;
        var span = Describe(Spans.Source.StartActivity($"process {queue}", ActivityKind.Consumer, sender), "process", "process", DestinationOf(queue, message.GetType()), message.Id);
        span?.Describe(message);
        return span;
    }

    /// <summary>Of the transaction that messages share.</summary>
    public Activity? StartBatch<TMessage>(string queue, IReadOnlyCollection<Received<TMessage>> messages)
        where TMessage : class, IMessage
    {
        if (!Spans.Source.HasListeners())
            return null;
        var span = Spans.StartBatch($"process_batch {queue}", messages, received => received.Trace, ActivityKind.Consumer);
        return Describe(span, "process_batch", "process", DestinationOf(queue, typeof(TMessage)), null)?.SetTag("messaging.batch.message_count", messages.Count);
    }

    /// <summary>Of a message that is put aside.</summary>
    public Activity? StartDeadLetter(string queue, Type message, Guid? id, string? trace) => Spans.Source.HasListeners()
        ? Describe(Spans.Source.StartActivity($"dead_letter {queue}", ActivityKind.Client, Spans.FromTraceparent(trace)), "dead_letter", "settle", DestinationOf(queue, message), id)
        : null;

    private static string DestinationOf(string queue, Type message) => $"{MessageTypes.WireNameOf(message)}:{queue}";

    private Activity? Describe(Activity? span, string operation, string type, string destination, Guid? message)
    {
        span?.SetTag("messaging.system", _system).SetTag("messaging.operation.name", operation).SetTag("messaging.operation.type", type)
            .SetTag("messaging.destination.name", destination).SetTag("messaging.message.id", message?.ToString())
            .SetTag("server.address", _broker?.Host).SetTag("server.port", _broker is { Port: > 0 } ? _broker.Port : null);
        return span;
    }
}
