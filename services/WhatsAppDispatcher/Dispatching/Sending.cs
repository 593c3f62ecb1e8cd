using System.Diagnostics;
using Recado.Platform.Faults;
using Recado.Platform.Telemetry;
using Recado.WhatsAppDispatcher.Gateways;
using Recado.WhatsAppDispatcher.ZApi;

namespace Recado.WhatsAppDispatcher.Dispatching;

/// <summary>One message that was claimed, once: wait until it is armed, send, record.</summary>
public sealed class Sending(GatewayBook gateways, ZApiClients api, Recording recording, ILogger<Sending> log)
{
    // Between the last look at the database and the first byte on the wire; a process that slept longer must look again.
    private static readonly TimeSpan ArmedFor = TimeSpan.FromSeconds(5);

#if FAULTS
    private static bool IgnoresFencing => PlantedBugs.NoFencing;
#else
    private const bool IgnoresFencing = false;
#endif

    /// <summary>Returns when it is over, whatever came of it.</summary>
    /// <param name="arming">Of all that were claimed together: those that may be sent now; null when it failed.</param>
    /// <param name="start">Of arming.</param>
    public async Task SendAsync(OutgoingMessage message, Task<HashSet<Guid>?> arming, long start)
    {
        using var span = Spans.Start("send message", message.Trace);
        span?.SetTag(SpanTags.Store, message.StoreId).SetTag(SpanTags.MessageId, message.MessageId.ToString()).SetTag(SpanTags.Kind, message.Content.Kind);
        try
        {
            if (await SendIfArmedAsync(message, arming, start) is not { } outcome)
            {
                span?.SetTag(SpanTags.Outcome, "suppressed");
                return;
            }
            Describe(span, outcome);
            await recording.RecordAsync(new(message, outcome, span?.Context.ToTraceparent() ?? message.Trace));
            CrashPoints.Reach(CrashPoints.DispatchRecorded);
        }
        catch (Exception exception)
        {
            // The lease runs out and says what is known: claimed goes back, sending is uncertain.
            span.Fail(exception);
            using var trace = span is null ? Spans.Resume(message.Trace) : null;
            log.LogError("Message {MessageId} was left to its lease: {Error}", message.MessageId, exception.Message);
        }
    }

    /// <summary>Null for what has ended or is somebody else's.</summary>
    private async Task<SendOutcome?> SendIfArmedAsync(OutgoingMessage message, Task<HashSet<Guid>?> arming, long start)
    {
        // Committed or not, nothing goes out after it; once that is written down, it is tried again.
        if (await arming is not { } armed)
            return SendOutcome.NotSent(Contracts.Reasons.GatewayUnreachable, "not armed", counts: false);
        if (!armed.Contains(message.MessageId) && !IgnoresFencing)
            return null;
        CrashPoints.Reach(CrashPoints.DispatchArmed);
        var outcome = await SendArmedAsync(message, start);
        CrashPoints.Reach(CrashPoints.DispatchAnswered);
        return outcome;
    }

    private async Task<SendOutcome> SendArmedAsync(OutgoingMessage message, long armed)
    {
        GatewaySettings? gateway;
        try
        {
            gateway = await gateways.FindNowAsync(message.StoreId, message.InstanceId);
        }
        catch (Exception exception) // an outage, or a row that another key has sealed: whatever it is, nothing has left
        {
            log.LogWarning("The gateways cannot be read: {Error}", exception.Message);
            return SendOutcome.NotSent(Contracts.Reasons.GatewayUnreachable, "gateway not read", counts: false);
        }
        if (gateway is null)
            return SendOutcome.Rejected("gateway removed");
        return Stopwatch.GetElapsedTime(armed) > ArmedFor && !IgnoresFencing
            ? SendOutcome.NotSent(Contracts.Reasons.GatewayUnreachable, "armed too long ago", counts: false)
            : await api.SendAsync(gateway, message.Recipient, message.Content, CancellationToken.None);
    }

    /// <summary>Before its context goes on: what is no success is kept, with all that follows from it.</summary>
    private static void Describe(Activity? span, SendOutcome outcome)
    {
        if (span is null)
            return;
        span.SetTag(SpanTags.Outcome, outcome.Result.ToString().ToLowerInvariant()).SetTag(SpanTags.Reason, outcome.Reason);
        if (outcome.Result != SendResult.Sent)
            span.Fail(outcome.Reason ?? "not_sent");
    }
}
