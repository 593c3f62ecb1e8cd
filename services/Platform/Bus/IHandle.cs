using System.Diagnostics;
using Recado.Contracts;
using Recado.Platform.Data;

namespace Recado.Platform.Bus;

/// <summary>Handles messages of one kind: reads, decides, saves, publishes, all in the given transaction.</summary>
public interface IHandle<T>
    where T : class, IMessage
{
    /// <summary>
    /// Handles what arrived together. The ids are already claimed in the transaction's inbox, so each message is here
    /// for the first time. An exception rolls everything back: after an outage the batch is tried again until it
    /// passes; anything else is tried message by message, three times, and the one at fault becomes a dead letter.
    /// </summary>
    Task HandleAsync(IReadOnlyList<Received<T>> messages, Transaction transaction, CancellationToken cancellation);

    /// <summary>What others have to hear when a message has become a dead letter; null where nobody waits for its outcome.</summary>
    IMessage? WhenDead(T message) => null;
}

/// <summary>A message and the trace that its effects continue.</summary>
public readonly record struct Received<T>(T Message, ActivityContext Trace)
{
    /// <summary>The span in which it is handled; null while nobody listens. Say there what came of it.</summary>
    public Activity? Span { get; init; }

    /// <summary>The context of its span, marked if that has failed by now; without a span the sender's.</summary>
    public ActivityContext Trace { get => Span?.Context ?? field; init; } = Trace;
}
