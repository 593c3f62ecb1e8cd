using Recado.Contracts;
using Recado.Normalizer.Identity;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer;

/// <summary>The first and the last step of every commerce event; the sources fill in what is between.</summary>
internal static class CommerceEvents
{
    private static readonly TimeSpan ClockError = TimeSpan.FromDays(1);

    /// <summary>
    /// An event that knows where it comes from and nothing else yet. A time more than a day ahead is a broken clock:
    /// the arrival stands in, lest everything that comes later seems to have been before.
    /// </summary>
    public static CommerceEvent Begin(WebhookReceived webhook, string type, DateTimeOffset? occurredAt)
    {
        var id = DeterministicId.Of(webhook.WebhookId.ToString(), type);
        return new()
        {
            EventId = id,
            WebhookId = webhook.WebhookId,
            StoreId = webhook.StoreId,
            Source = webhook.Source,
            Type = type,
            OccurredAt = occurredAt is { } time && time <= webhook.ReceivedAt + ClockError ? time : webhook.ReceivedAt,
            ReceivedAt = webhook.ReceivedAt,
            Subject = $"event:{id}",
            Keys = [],
            Customer = new(),
        };
    }

    /// <summary>What a type is about: <c>cart</c> of <c>cart.abandoned</c>.</summary>
    public static string ThingOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Gives the event its keys and subject, or says why there is no event.</summary>
    public static Normalized Finish(CommerceEvent commerceEvent, Findings findings)
    {
        if (findings.First is { } finding)
            return new([], finding);
        var keys = EventKeys.Of(commerceEvent);
        return keys.Count == 0
            ? Normalized.Quarantined(QuarantineReasons.NoIdentity, "customer")
            : Normalized.Of(commerceEvent with { Keys = keys, Subject = EventKeys.SubjectOf(keys) ?? commerceEvent.Subject });
    }
}
