using Recado.GatewayEmulator.Messages;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Which webhook of an instance a callback goes to.</summary>
public enum CallbackKind
{
    Delivery,
    MessageStatus,
    Received,
    Connected,
    Disconnected,
}

/// <summary>What goes wrong with one message's callbacks.</summary>
[Flags]
public enum CallbackFaults
{
    None = 0,

    /// <summary>Each goes out twice.</summary>
    Duplicate = 1,

    /// <summary>Last first.</summary>
    Reordered = 2,

    /// <summary>All before the send is answered.</summary>
    Early = 4,

    /// <summary>None at all.</summary>
    Silent = 8,

    /// <summary>Only a <c>DeliveryCallback</c> that reports a failure.</summary>
    DeliveryError = 16,
}

/// <summary>One callback to come.</summary>
/// <param name="After">Earliest time after the chain's start; never before the step ahead of it.</param>
/// <param name="Status">The <c>status</c> of a <c>MessageStatusCallback</c>, or <c>ERROR</c> of a failed <c>DeliveryCallback</c>.</param>
/// <param name="Body">The JSON, where it is known beforehand; else it is written when due.</param>
public sealed record CallbackStep(CallbackKind Kind, TimeSpan After, string? Status = null, byte[]? Body = null)
{
    /// <summary>Where the message stands when this goes out; null: where it stood.</summary>
    public MessageStatus? Reaches => (Kind, Status) switch
    {
        (CallbackKind.Delivery, null) or (CallbackKind.MessageStatus, "SENT") => MessageStatus.Sent,
        (CallbackKind.MessageStatus, "RECEIVED") => MessageStatus.Received,
        (CallbackKind.MessageStatus, "READ" or "PLAYED") => MessageStatus.Read,
        (_, "ERROR") => MessageStatus.Error,
        _ => null,
    };
}
