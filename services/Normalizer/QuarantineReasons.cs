using System.Collections.Frozen;
using Recado.Contracts;

namespace Recado.Normalizer;

/// <summary>Stable codes of quarantine: people filter by them.</summary>
public static class QuarantineReasons
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

    /// <summary>All of them, each with a sentence for people.</summary>
    public static FrozenDictionary<string, string> Sentences { get; } = new Dictionary<string, string>
    {
        [IdempotencyConflict] = "Its sender had used the same identity with another content before. It is kept to be looked at and never starts anything.",
        [UnknownSource] = "This version has no normalizer for its source.",
        [MalformedJson] = "It is no JSON, or is nested too deep.",
        [InvalidText] = "It holds a string that is no Unicode text.",
        [MissingField] = "A field is missing without which it means nothing.",
        [InvalidValue] = "The field holds a value of a wrong type or out of range.",
        [UnknownStatus] = "The field holds a status that this version does not know.",
        [UnknownEvent] = "The field holds an event that this version does not know.",
        [UnknownType] = "The field holds a type of callback that this version does not know.",
        [InstanceMismatch] = "It names another gateway instance than the one whose address it came by.",
        [NoIdentity] = "Nothing in it tells whom or what it is about.",
    }.ToFrozenDictionary();
}
