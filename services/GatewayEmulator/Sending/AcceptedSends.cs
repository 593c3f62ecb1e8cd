using Recado.GatewayEmulator.Behaviours;
using Recado.GatewayEmulator.Callbacks;
using Recado.GatewayEmulator.Instances;
using Recado.GatewayEmulator.Messages;

namespace Recado.GatewayEmulator.Sending;

/// <summary>Takes a valid send: records it and sets its callbacks going.</summary>
public sealed class AcceptedSends(
    CurrentBehaviour behaviour,
    GatewayInstances instances,
    KeptMessages messages,
    CallbackSender callbacks,
    Counts counts,
    GatewayIds ids,
    EmulatorOptions options,
    TimeProvider time)
{
    /// <summary>How long the answer waits for early callbacks that nobody takes.</summary>
    private static readonly TimeSpan EarlyPatience = TimeSpan.FromSeconds(10);

    /// <summary>The message id, or the gateway's refusal.</summary>
    public async ValueTask<(string? MessageId, IResult? Refusal)> AcceptAsync(SendRequest request)
    {
        if (instances.Find(request.InstanceId) is not { } instance)
            return (null, Answers.Error(StatusCodes.Status400BadRequest, "instance not found"));
        if (callbacks.Pending >= options.MaxMessages)
            return (null, Answers.Error(StatusCodes.Status429TooManyRequests, "too many callbacks pending"));

        var faults = behaviour.TakeCallbackFaults(request);
        var message = new AcceptedMessage(ids.NextMessageId(), request, time.GetUtcNow());
        var chain = new CallbackChain(request.InstanceId, Plan(instance, message, request, faults), message);
        var admission = instance.Admit(chain);
        if (admission == Admission.Full)
            return (null, Answers.Error(StatusCodes.Status429TooManyRequests, "queue is full while the phone is disconnected"));

        counts.MessageAccepted();
        messages.Add(message);
        if (admission == Admission.Now)
            await StartAsync(chain, faults);
        return (message.MessageId, null);
    }

    private CallbackStep[] Plan(GatewayInstance instance, AcceptedMessage message, SendRequest request, CallbackFaults faults)
    {
        var current = behaviour.Current;
        var echo = instance.Echo ?? current.Echo ? EchoCallback.Body(message.MessageId, request, message.AcceptedAt) : null;
        return CallbackPlan.For(current.Receipts, faults, echo);
    }

    private async ValueTask StartAsync(CallbackChain chain, CallbackFaults faults)
    {
        if (!faults.HasFlag(CallbackFaults.Early))
        {
            callbacks.Schedule(chain);
            return;
        }

        var finished = chain.WhenFinished();
        callbacks.Schedule(chain);
        try
        {
            await finished.WaitAsync(EarlyPatience, time);
        }
        catch (TimeoutException)
        {
            // The receiver does not take them; they are retried like any other.
        }
    }
}
