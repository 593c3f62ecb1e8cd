using System.Text.Json.Serialization;
using Recado.GatewayEmulator.Sending;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>One fault, and the sends that it meets: all, unless a field says otherwise.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FaultRule
{
    /// <summary>One of <see cref="FaultNames"/>.</summary>
    public required string Fault { get; init; }

    /// <summary>Only sends to exactly this phone.</summary>
    public string? Phone { get; init; }

    /// <summary>Only sends of this instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Only this action, with or without <c>send-</c>: <c>text</c>, <c>send-button-otp</c>.</summary>
    public string? Action { get; init; }

    /// <summary>How often it strikes before it stops, at least 1; absent: without end.</summary>
    public int? Times { get; init; }

    /// <summary>Chance that it strikes a send that it meets, 0 to 1; absent: always.</summary>
    public double? Probability { get; init; }

    /// <summary>Seconds in <c>Retry-After</c> of <see cref="FaultNames.TooManyRequests"/>, 0 to 86,400; absent: 1.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Milliseconds that <c>slow</c> (absent: 1,000) and <c>timeout-…</c> (absent: 30,000) hold the request; at most 10 minutes.</summary>
    public int? DelayMs { get; init; }

    internal bool Meets(SendRequest request) =>
        (Phone is null || Phone == request.Phone)
        && (InstanceId is null || InstanceId == request.InstanceId)
        && (Action is null || ActionKind == request.Kind);

    internal string? Problem()
    {
        if (!FaultNames.All.Contains(Fault))
            return $"fault must be one of {string.Join(", ", FaultNames.All)}";
        if (Action is not null && !SendAction.All.Any(action => action.Kind == ActionKind))
            return "a fault's action must be one of the gateway's send actions";
        if (Times < 1)
            return "a fault's times must be at least 1";
        if (Probability is < 0 or > 1 or double.NaN)
            return "a fault's probability must be from 0 to 1";
        if (RetryAfterSeconds is < 0 or > 86_400)
            return "a fault's retryAfterSeconds must be from 0 to 86400";
        return DelayMs is < 0 or > 600_000 ? "a fault's delayMs must be from 0 to 600000" : null;
    }

    private string? ActionKind => Action?.StartsWith("send-", StringComparison.Ordinal) == true ? Action["send-".Length..] : Action;
}
