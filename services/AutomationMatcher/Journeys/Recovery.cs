using Recado.AutomationMatcher.Automations;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>Which purchases may be owed to a reminder: a figure for dashboards, nothing is decided by it. Pure.</summary>
public static class Recovery
{
    /// <summary>A purchase later than this after the wish is a new one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>
    /// The journeys of reminders that wait for this purchase, have asked for a message, and that no purchase has followed
    /// yet; none where the event is no purchase, tells of one again, or names no amount. Whether a message went out is not known here.
    /// </summary>
    /// <param name="contact">As it was before the event.</param>
    public static IReadOnlyList<Journey> Reminders(ContactState contact, CommerceEvent happened, Func<Journey, Automation> versionOf, DateTimeOffset now)
    {
        if (happened.Type != EventTypes.PaymentApproved || ValueOf(happened) is not { Amount: > 0 } || PaymentRank.Obstacle(happened, contact.Markers).Reason is not null)
            return [];
        var at = Matching.EffectiveTime(happened, now);
        return [.. contact.Journeys.Where(journey => journey.MessageId is not null && journey.BaseAt <= at && at - journey.BaseAt <= Window
            && !contact.Markers.Any(marker => marker.Type == happened.Type && marker.Subject.Length == 0 && marker.At >= journey.BaseAt)
            && versionOf(journey) is { Class: MessageClasses.Reminder } automation && automation.StopOn.Contains(happened.Type))];
    }

    /// <summary>What was paid.</summary>
    public static Money? ValueOf(CommerceEvent purchase) => purchase.Payment?.Amount ?? purchase.Value;
}
