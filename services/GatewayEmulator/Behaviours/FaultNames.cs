using Recado.GatewayEmulator.Callbacks;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>What <see cref="FaultRule.Fault"/> can be. "Recorded" means: accepted, shown and followed by callbacks.</summary>
public static class FaultNames
{
    /// <summary>429 with <c>Retry-After</c>; not recorded.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>500; not recorded.</summary>
    public const string ServerError = "server-error";

    /// <summary>Recorded, yet 500.</summary>
    public const string ServerErrorAfterAccept = "server-error-after-accept";

    /// <summary>401; not recorded.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>400; not recorded.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>Held, then the connection is cut; not recorded.</summary>
    public const string TimeoutBeforeAccept = "timeout-before-accept";

    /// <summary>Recorded, held, then the connection is cut.</summary>
    public const string TimeoutAfterAccept = "timeout-after-accept";

    /// <summary>Recorded, then the connection is cut at once.</summary>
    public const string LostResponse = "lost-response";

    /// <summary>Recorded; 200 with HTML.</summary>
    public const string InvalidJson = "invalid-json";

    /// <summary>Recorded; 200 with <c>{}</c>.</summary>
    public const string NoId = "no-id";

    /// <summary>Recorded; the normal answer comes late.</summary>
    public const string Slow = "slow";

    /// <summary>Faults that change the answer to the send.</summary>
    public static IReadOnlyList<string> OfAnswers { get; } =
    [
        TooManyRequests, ServerError, ServerErrorAfterAccept, Unauthorized, BadRequest, TimeoutBeforeAccept,
        TimeoutAfterAccept, LostResponse, InvalidJson, NoId, Slow,
    ];

    /// <summary>Faults that change the callbacks of an accepted send.</summary>
    public static IReadOnlyDictionary<string, CallbackFaults> OfCallbacks { get; } = new Dictionary<string, CallbackFaults>
    {
        ["duplicate-callbacks"] = CallbackFaults.Duplicate,
        ["reordered-callbacks"] = CallbackFaults.Reordered,
        ["early-callbacks"] = CallbackFaults.Early,
        ["no-callbacks"] = CallbackFaults.Silent,
        ["delivery-error"] = CallbackFaults.DeliveryError,
    };

    public static IReadOnlyList<string> All { get; } = [.. OfAnswers, .. OfCallbacks.Keys];
}
