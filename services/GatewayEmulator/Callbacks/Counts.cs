namespace Recado.GatewayEmulator.Callbacks;

/// <summary>Counts since the start. Thread-safe.</summary>
public sealed class Counts
{
    private long accepted;
    private long callbacks;
    private long callbackFailures;

    public long Accepted => Interlocked.Read(ref accepted);

    /// <summary>Callbacks that a receiver took with a 2xx.</summary>
    public long Callbacks => Interlocked.Read(ref callbacks);

    /// <summary>Attempts that failed.</summary>
    public long CallbackFailures => Interlocked.Read(ref callbackFailures);

    internal void MessageAccepted() => Interlocked.Increment(ref accepted);

    internal void CallbackTaken() => Interlocked.Increment(ref callbacks);

    internal void CallbackFailed() => Interlocked.Increment(ref callbackFailures);
}
