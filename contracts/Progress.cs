namespace Recado.Contracts;

/// <summary>
/// How far a queue is: told every half minute by its service to all others, so that after the loss of a broker each
/// publishes again what may be unfinished and no more. One that gets lost does no harm.
/// </summary>
[WireName("recado.messages-handled")]
public sealed record MessagesHandled : IMessage
{
    /// <summary>For example <c>normalizer.webhook-received</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>What the queue takes, for example <c>recado.webhook-received</c>.</summary>
    public required string WireName { get; init; }

    /// <summary>When the latest message that was handled had been published, by its publisher's clock, UTC.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <inheritdoc/>
    public Guid Id => DeterministicId.Of("messages-handled", Queue, Through.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
