using Recado.AutomationMatcher.Automations;
using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>The moment of a decision.</summary>
/// <param name="TimeScale">Waits are divided by it.</param>
public sealed record Pace(DateTimeOffset Now, double TimeScale = 1)
{
    /// <summary>When a step is due.</summary>
    public DateTimeOffset DueAt(Journey journey, SendStep step) => journey.BaseAt + (step.After / TimeScale);
}

/// <summary>How a journey moves. Pure.</summary>
public static class Progress
{
    /// <summary>Its waiting is over, by the clock: asks for the message of the step that is due.</summary>
    /// <param name="triggering">The event that started it.</param>
    public static Decision OnDue(ContactState contact, Guid journeyId, Automation automation, CommerceEvent triggering, Pace pace)
    {
        var draft = new Draft(contact);
        if (contact.Journeys.FirstOrDefault(each => each.JourneyId == journeyId) is { State: JourneyState.Waiting } journey)
            Advance(draft, journey, automation, triggering, pace);
        return draft.ToDecision();
    }

    /// <summary>
    /// A message moved: after it is out, or may be out, the next step waits, and be it only for the clock to ask for it; after
    /// the gateway failed it, the journey ends. A text that could not be made does not end it.
    /// </summary>
    public static Decision OnMessage(ContactState contact, MessageStatusChanged changed, Automation automation, Pace pace)
    {
        var draft = new Draft(contact);
        draft.Entries.Add(TimelineEntry.Message(changed, pace.Now));
        var journey = contact.Journeys.FirstOrDefault(each => each.JourneyId == changed.JourneyId);
        // Late news of an earlier step, or of a journey that has ended, are history only.
        if (journey is not { State: JourneyState.Requested } || journey.MessageId != changed.MessageId)
            return draft.ToDecision();
        if (changed.Status is MessageStatuses.Sent or MessageStatuses.Delivered or MessageStatuses.Read or MessageStatuses.Uncertain
            || (changed.Status is MessageStatuses.Failed or MessageStatuses.Suppressed && OnlyThisMessage(changed.Reason)))
            Advance(draft, journey with { State = JourneyState.Waiting, Step = journey.Step + 1 }, automation, triggering: null, pace);
        else if (changed.Status is MessageStatuses.Failed or MessageStatuses.Suppressed)
            draft.Put(End(journey, JourneyState.Failed, changed.Reason));
        return draft.ToDecision();
    }

    // The next step may have what this one lacked.
    private static bool OnlyThisMessage(string? reason) =>
        reason is Reasons.Expired or Reasons.MissingValue or Reasons.InvalidValue or Reasons.UnknownTemplate
            or Reasons.CodeNotPayable or Reasons.LinkNotAllowed or Reasons.LinkExpired;

    /// <summary>An event or a reply ends it; a message that is on its way is called back.</summary>
    internal static void Stop(Draft draft, Journey journey, string cause, Pace pace)
    {
        draft.Put(End(journey, JourneyState.Stopped, Reasons.StoppedByEvent));
        draft.Entries.Add(TimelineEntry.Stopped(journey, cause, pace.Now));
        if (journey is { State: JourneyState.Requested, MessageId: { } message })
            draft.Messages.Add((new MessageCancelled { MessageId = message, StoreId = journey.StoreId, Reason = Reasons.StoppedByEvent, CancelledAt = pace.Now }, journey.Trace));
    }

    /// <summary>Goes on to the next step that is not over: waits for it, asks for it, or ends.</summary>
    internal static void Advance(Draft draft, Journey journey, Automation automation, CommerceEvent? triggering, Pace pace)
    {
        for (; journey.Step < automation.Steps.Count; journey = journey with { Step = journey.Step + 1 })
        {
            var step = automation.Steps[journey.Step];
            var due = pace.DueAt(journey, step);
            if (due > pace.Now || triggering is null)
            {
                draft.Put(journey with { State = JourneyState.Waiting, DueAt = due > pace.Now ? due : pace.Now });
                return;
            }
            if (pace.Now - due <= automation.ExpireAfter)
            {
                Request(draft, journey, step, automation, triggering, due, pace);
                return;
            }
            draft.Entries.Add(TimelineEntry.StepExpired(journey, step, pace.Now));
        }
        draft.Put(End(journey, JourneyState.Completed, null));
        draft.Entries.Add(TimelineEntry.Completed(journey, pace.Now));
    }

    private static void Request(Draft draft, Journey journey, SendStep step, Automation automation, CommerceEvent triggering, DateTimeOffset due, Pace pace)
    {
        if (journey.Recipient is not { } recipient)
        {
            draft.Put(journey with { State = JourneyState.NoPhone, DueAt = null });
            draft.Entries.Add(TimelineEntry.WaitsForPhone(journey, triggering.Customer.PhoneProblem, pace.Now));
            return;
        }
        var message = new MessageRequested
        {
            MessageId = DeterministicId.Of("message", journey.JourneyId.ToString(), journey.Step.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            StoreId = journey.StoreId,
            JourneyId = journey.JourneyId,
            AutomationId = automation.Id,
            Template = step.Template,
            Recipient = recipient,
            Class = automation.Class,
            RequestedAt = pace.Now,
            ExpiresAt = due + automation.ExpireAfter,
            Event = triggering,
        };
        draft.Put(journey with { State = JourneyState.Requested, DueAt = null, MessageId = message.MessageId, Recipient = recipient });
        draft.Entries.Add(TimelineEntry.Requested(journey, message, pace.Now));
        draft.Messages.Add((message, journey.Trace));
    }

    private static Journey End(Journey journey, JourneyState state, string? reason) =>
        journey with { State = state, DueAt = null, Reason = reason };
}
