using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Messages;

/// <summary>How far a message got, by the callbacks that went out; it only moves forward.</summary>
public enum MessageStatus
{
    Accepted,
    Sent,
    Received,
    Read,
    Error,
}

/// <summary>A send that the gateway accepted.</summary>
public sealed class AcceptedMessage(string messageId, SendRequest request, DateTimeOffset acceptedAt)
{
    private int status;
    private SendRequest? content = request;

    public string MessageId { get; } = messageId;

    public string InstanceId { get; } = request.InstanceId;

    /// <summary>As sent.</summary>
    public string Phone { get; } = request.Phone;

    /// <summary>UTC.</summary>
    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    /// <summary>What was sent; null once the message is no longer kept.</summary>
    public SendRequest? Content => Volatile.Read(ref content);

    public MessageStatus Status => (MessageStatus)Volatile.Read(ref status);

    /// <summary>What it holds in memory, in bytes, apart from small change.</summary>
    public long Size { get; } = request.Body.Length + 2L * request.Text.Length;

    /// <summary>Moves the status forward; a step back changes nothing.</summary>
    public void Advance(MessageStatus to)
    {
        var seen = Volatile.Read(ref status);
        while (seen < (int)to)
        {
            var before = Interlocked.CompareExchange(ref status, (int)to, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    /// <summary>Lets go of the body, though callbacks may still be pending.</summary>
    public void Forget() => Volatile.Write(ref content, null);
}
