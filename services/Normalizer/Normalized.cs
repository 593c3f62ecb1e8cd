using Recado.Contracts;

namespace Recado.Normalizer;

/// <summary>What a webhook said.</summary>
/// <param name="Messages">
/// <see cref="CommerceEvent"/>, <see cref="GatewayReceipt"/>, <see cref="CustomerReplied"/> or <see cref="InstanceStatusChanged"/>;
/// empty where the webhook was quarantined or ignored.
/// </param>
/// <param name="Quarantine">Why it could not be understood; null where it was.</param>
/// <param name="Ignored">
/// What was understood and means nothing to us: <c>presence</c>, <c>read_by_me</c>, <c>from_me</c>, <c>group</c>,
/// <c>newsletter</c>, <c>broadcast</c>, <c>no_ids</c>, or <c>notification</c> followed by its name. Null otherwise.
/// </param>
public sealed record Normalized(IReadOnlyList<IMessage> Messages, Quarantine? Quarantine, string? Ignored = null)
{
    internal static Normalized Of(IMessage message) => new([message], null);

    internal static Normalized Quarantined(string reason, string? field = null) => new([], new(reason, field));

    internal static Normalized Nothing(string what) => new([], null, what);
}

/// <summary>Why a webhook could not be understood.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Field">The field it is about, never its value, for example <c>payment.status</c>.</param>
public sealed record Quarantine(string Reason, string? Field);

/// <summary>Stable codes of quarantine: people filter by them.</summary>
public static class Reasons
{
    /// <summary>The sender reused an idempotency key with another body.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>No normalizer has this source.</summary>
    public const string UnknownSource = "unknown_source";

    /// <summary>Not JSON, or nested deeper than 64.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>A string that is no Unicode text: a lone surrogate, or bytes that are not UTF-8.</summary>
    public const string InvalidText = "invalid_text";

    /// <summary>A field without which the event means nothing.</summary>
    public const string MissingField = "missing_field";

    /// <summary>Wrong type, out of range, or an amount with more decimals than its currency has.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>A state that the source's document does not know.</summary>
    public const string UnknownStatus = "unknown_status";

    /// <summary>An event type outside <see cref="EventTypes"/>.</summary>
    public const string UnknownEvent = "unknown_event";

    /// <summary>A gateway callback of a type that its document does not know.</summary>
    public const string UnknownType = "unknown_type";

    /// <summary>A gateway callback that names another instance than the one whose secret path it came by.</summary>
    public const string InstanceMismatch = "instance_mismatch";

    /// <summary>Nothing tells whom or what the event is about.</summary>
    public const string NoIdentity = "no_identity";
}
