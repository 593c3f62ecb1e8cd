using Recado.Contracts;
using Recado.Normalizer.EzApi;
using Recado.Normalizer.EzApi.Notifications;
using Recado.Normalizer.Shapes;

namespace Recado.Normalizer;

/// <summary>What a webhook said.</summary>
/// <param name="Messages">
/// <see cref="CommerceEvent"/>, <see cref="GatewayReceipt"/>, <see cref="CustomerReplied"/>, <see cref="MessageEchoed"/> or <see cref="InstanceStatusChanged"/>;
/// empty where the webhook was quarantined or ignored.
/// </param>
/// <param name="Quarantine">Why it could not be understood; null where it was.</param>
/// <param name="Ignored">
/// What was understood and means nothing to us: <c>presence</c>, <c>read_by_me</c>, <c>from_me</c>, <c>group</c>,
/// <c>newsletter</c>, <c>broadcast</c>, <c>no_ids</c>, or <c>notification</c> followed by its name. Null otherwise.
/// </param>
public sealed record Normalized(IReadOnlyList<IMessage> Messages, QuarantineCause? Quarantine, string? Ignored = null)
{
    /// <summary>What the source's document does not know, whether or not the webhook was understood; mostly empty.</summary>
    public IReadOnlyList<DriftFinding> Drift { get; init; } = [];

    /// <summary>What stood in a chat, also where that was not a customer's own; null for what is no message of a chat.</summary>
    public Inbound? Inbound { get; init; }

    /// <summary>What WhatsApp said of itself.</summary>
    public Notification? Notification { get; init; }

    /// <summary>What the other phone was doing.</summary>
    public Presence? Presence { get; init; }

    internal static Normalized Of(IMessage message) => new([message], null);

    internal static Normalized Quarantined(string reason, string? field = null) => new([], new(reason, field));

    internal static Normalized Nothing(string what) => new([], null, what);
}

/// <summary>Why a webhook could not be understood.</summary>
/// <param name="Reason">One of <see cref="QuarantineReasons"/>.</param>
/// <param name="Field">The field it is about, never its value, for example <c>payment.status</c>.</param>
public sealed record QuarantineCause(string Reason, string? Field);
