using Recado.GatewayEmulator.Messages;

namespace Recado.GatewayEmulator.Callbacks;

/// <summary>
/// Callbacks that go out one after the other: the next waits until the one ahead of it was taken or given up. Only
/// one worker holds a chain at a time.
/// </summary>
public sealed class CallbackChain(string instanceId, CallbackStep[] steps, AcceptedMessage? message = null)
{
    private DateTimeOffset start;
    private DateTimeOffset firstAttempt;
    private byte[]? body;
    private int position;
    private int failures;
    private TaskCompletionSource? finished;

    public string InstanceId => instanceId;

    public bool IsFinished => position >= steps.Length;

    public CallbackStep Step => steps[position];

    /// <summary>When the current step is due.</summary>
    public DateTimeOffset Due { get; private set; }

    /// <summary>Completes with the chain; to be asked before it is scheduled.</summary>
    public Task WhenFinished() => (finished ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Start(DateTimeOffset now)
    {
        start = now;
        if (IsFinished)
            finished?.TrySetResult();
        else
            Due = start + Step.After;
    }

    /// <summary>The current step goes out: its body, the same on every attempt.</summary>
    public byte[] GoOut(DateTimeOffset now)
    {
        if (body is not null)
            return body;
        firstAttempt = now;
        if (Step.Reaches is { } reached)
            message?.Advance(reached);
        return body = Step.Body ?? CallbackBody.Receipt(Step, message!, now);
    }

    /// <summary>Goes on to the next step.</summary>
    public void Next()
    {
        position++;
        failures = 0;
        body = null;
        if (IsFinished)
            finished?.TrySetResult();
        else
            Due = start + Step.After;
    }

    /// <summary>Waits for another attempt, or goes on when there were enough.</summary>
    public void Failed(DateTimeOffset now)
    {
        if (RetryDelay.After(++failures, now - firstAttempt) is { } delay)
            Due = now + delay;
        else
            Next();
    }
}
