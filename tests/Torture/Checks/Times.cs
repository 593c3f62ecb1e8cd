using Recado.Tests.Torture.Faults;
using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Checks;

/// <summary>INV6 and INV12: nothing before its time, no reminder to who is known to have paid, nothing late for no reason.</summary>
public static class Times
{
    /// <summary>How late a due step may be asked for while nothing is broken.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    // Wait and event time are told in milliseconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(5);

    // A commit has its time shortly before others see it: its record is flushed in between.
    private static readonly TimeSpan Visible = TimeSpan.FromMilliseconds(300);

    public static IEnumerable<Breach> Of(Evidence evidence) => [.. TooSoon(evidence), .. AfterThePurchase(evidence), .. AfterTheCallBack(evidence), .. TooLate(evidence)];

    /// <summary>By the clocks of the witnesses alone: the sender's first word and the gateway's acceptance.</summary>
    private static IEnumerable<Breach> TooSoon(Evidence evidence)
    {
        var told = evidence.Ledger.ToDictionary(entry => entry.Fact.Name);
        var accepted = evidence.Effects.ToLookup(effect => (effect.Phone, effect.Text));
        return from shopper in evidence.Shoppers
               from expected in shopper.Messages
               where expected.Wait > TimeSpan.Zero && told.ContainsKey(expected.Cause.Name)
               from effect in accepted[(shopper.Phone, expected.Text)]
               let start = expected.Cause.OccurredAt ?? told[expected.Cause.Name].FirstToldAt
               where effect.AcceptedAt - start < expected.Wait - Rounding
               select new Breach(BreachKind.Early, $"“{expected.Text}” of {expected.Cause.Name} went out {(effect.AcceptedAt - start).TotalSeconds:0.0} s after its cause instead of {expected.Wait.TotalSeconds:0} s",
                   string.Join('\n', told[expected.Cause.Name].Ids.SelectMany(id => evidence.Events.Where(happened => happened.WebhookId == id)).Select(happened => evidence.Story(happened.EventId))));
    }

    /// <summary>Once a purchase is on a contact's timeline, no reminder of that person is asked for.</summary>
    private static IEnumerable<Breach> AfterThePurchase(Evidence evidence)
    {
        var ids = evidence.Ledger.SelectMany(entry => entry.Ids.Select(id => (entry.Fact.Name, Id: id))).ToLookup(each => each.Name, each => each.Id);
        var events = evidence.Events.ToLookup(happened => happened.WebhookId);
        foreach (var shopper in evidence.Shoppers)
        {
            var happened = shopper.Steps.SelectMany(step => ids[step.Fact.Name]).SelectMany(id => events[id]).ToList();
            var paid = happened.Where(each => each.Type == "payment.approved")
                .SelectMany(each => evidence.Timeline[each.EventId]).Where(row => row.What == "received").Select(row => row.CommittedAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            foreach (var cause in happened.Where(each => each.Type is "cart.abandoned" or "pix.created"))
            {
                if (evidence.Timeline[cause.EventId].FirstOrDefault(row => row.What == "requested" && row.At - Visible > paid) is { } asked)
                    yield return new(BreachKind.Early, $"a reminder was asked for {(asked.At - paid).TotalSeconds:0.0} s after the purchase of {shopper.Steps[0].Fact.Name} was known", evidence.Story(cause.EventId));
            }
        }
    }

    /// <summary>Once the dispatcher has heard that a message is called back, it arms it no more.</summary>
    private static IEnumerable<Breach> AfterTheCallBack(Evidence evidence) =>
        from message in evidence.Messages
        where evidence.CalledBack.TryGetValue(message.MessageId, out var heard) && message.ArmedAt - Visible > heard
        select new Breach(BreachKind.Early, $"message {message.MessageId} was armed {(message.ArmedAt - evidence.CalledBack[message.MessageId])!.Value.TotalMilliseconds:0} ms after it was called back", evidence.Story(message.EventId));

    private static IEnumerable<Breach> TooLate(Evidence evidence)
    {
        foreach (var journey in evidence.Journeys)
        {
            foreach (var asked in evidence.Timeline[journey.EventId].Where(row => row.What == "requested" && row.Automation == journey.Automation))
            {
                var due = journey.BaseAt + WaitOf(asked.Detail);
                var unexplained = Unexplained(due, asked.At, evidence.Strikes.Outages);
                if (unexplained > Tolerance)
                    yield return new(BreachKind.Late, $"{asked.Detail} of journey {journey.JourneyId} was asked for {(asked.At - due).TotalSeconds:0.0} s late, {unexplained.TotalSeconds:0.0} s of it for no reason", evidence.Story(journey.EventId));
            }
        }
    }

    private static TimeSpan WaitOf(string? template) => template switch
    {
        "first" => Bundle.FirstReminder,
        "second" => Bundle.SecondReminder,
        "pix" => Bundle.PixReminder,
        _ => TimeSpan.Zero,
    };

    /// <summary>What of a delay lies outside all outages.</summary>
    public static TimeSpan Unexplained(DateTimeOffset due, DateTimeOffset asked, IEnumerable<Outage> outages)
    {
        var (left, from) = (TimeSpan.Zero, due);
        foreach (var outage in outages.Where(outage => outage.To > due && outage.From < asked).OrderBy(outage => outage.From))
        {
            if (outage.From > from)
                left += outage.From - from;
            from = outage.To > from ? outage.To : from;
        }
        return asked > from ? left + (asked - from) : left;
    }
}
