using System.Diagnostics;

namespace Recado.Platform.Faults;

/// <summary>
/// Named places where the torture program kills the process (<c>CRASH_AT=point:nth</c>, kill -9) or freezes it
/// (<c>STOP_AT=point:nth</c>, SIGSTOP). Only builds of the configuration <c>Faults</c> have them: in every other the
/// compiler leaves the calls out.
/// </summary>
public static partial class CrashPoints
{
    /// <summary>The webhook's body is read, nothing is stored.</summary>
    public const string BodyRead = "ingest.body-read";

    /// <summary>The key is taken; webhook and outbox row are about to be written and committed, in one round trip.</summary>
    public const string WebhookWritten = "ingest.written";

    /// <summary>The webhook is committed, the sender has no answer.</summary>
    public const string WebhookCommitted = "ingest.committed";

    /// <summary>The sender has its answer.</summary>
    public const string WebhookAnswered = "ingest.answered";

    /// <summary>Outbox rows are locked, nothing is published.</summary>
    public const string RelayClaimed = "relay.claimed";

    /// <summary>Messages are on their way to the broker, none is confirmed.</summary>
    public const string RelayPublished = "relay.published";

    /// <summary>The broker has confirmed, the rows do not say so yet.</summary>
    public const string RelayConfirmed = "relay.confirmed";

    /// <summary>Due journeys are locked.</summary>
    public const string TimerClaimed = "timer.claimed";

    /// <summary>Their messages are decided, not committed.</summary>
    public const string TimerFired = "timer.fired";

    /// <summary>The requests are committed.</summary>
    public const string TimerCommitted = "timer.committed";

    /// <summary>A message is claimed.</summary>
    public const string DispatchClaimed = "dispatch.claimed";

    /// <summary>It is committed as "sending"; no socket is open.</summary>
    public const string DispatchArmed = "dispatch.armed";

    /// <summary>The gateway is connected, nothing is written.</summary>
    public const string DispatchConnected = "dispatch.connected";

    /// <summary>The request is written, no answer has come: needs a gateway that answers late.</summary>
    public const string DispatchWritten = "dispatch.written";

    /// <summary>The answer is read, not recorded.</summary>
    public const string DispatchAnswered = "dispatch.answered";

    /// <summary>The outcome is committed.</summary>
    public const string DispatchRecorded = "dispatch.recorded";

    /// <summary>Of a queue, for example <c>normalizer.webhook-received</c>: a message has come, nothing is done.</summary>
    public static string Delivered(string queue) => queue + ".delivered";

    /// <summary>Its effects are decided; they are about to be written and committed, in one round trip.</summary>
    public static string Handled(string queue) => queue + ".handled";

    /// <summary>They are committed, the broker has no acknowledgement.</summary>
    public static string Committed(string queue) => queue + ".committed";

    /// <summary>The process is at this point.</summary>
    [Conditional("FAULTS")]
    public static void Reach(string point) => Arrive(point, TimeSpan.Zero);

    /// <summary>The process will be at this point after a moment, while it waits for somebody else.</summary>
    [Conditional("FAULTS")]
    public static void ReachAfter(TimeSpan moment, string point) => Arrive(point, moment);

    static partial void Arrive(string point, TimeSpan moment);
}
