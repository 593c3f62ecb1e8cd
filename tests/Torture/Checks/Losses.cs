using Recado.Tests.Torture.Faults;

namespace Recado.Tests.Torture.Checks;

/// <summary>INV1, INV2 and INV11: nothing that was accepted has vanished, on no step of its way.</summary>
public static class Losses
{
    public static IEnumerable<Breach> Of(Evidence evidence) =>
        [.. Refused(evidence), .. Vanished(evidence), .. Undecided(evidence), .. Missing(evidence), .. Receipts(evidence), .. SetAside(evidence)];

    private static IEnumerable<Breach> Refused(Evidence evidence) =>
        evidence.Refusals.Select(refusal => new Breach(BreachKind.Lost, $"refused a valid webhook: {refusal}"));

    /// <summary>accepted = applied + duplicates + quarantined, exactly: duplicates have the id of the first, so ids are compared.</summary>
    private static IEnumerable<Breach> Vanished(Evidence evidence)
    {
        var stored = evidence.Webhooks.Select(webhook => webhook.WebhookId).ToHashSet();
        var applied = evidence.Events.Select(happened => happened.WebhookId).ToHashSet();
        foreach (var entry in evidence.Ledger)
        {
            foreach (var id in entry.Ids)
            {
                if (!stored.Contains(id))
                    yield return new(BreachKind.Lost, $"{entry.Fact.Name} was accepted as {id} and is not stored");
                else if (!evidence.Normalized.Contains(id))
                    yield return new(BreachKind.Lost, $"{entry.Fact.Name} was accepted as {id} and never reached the Normalizer");
                else if (entry.Fact.Source != "ezapi" && !applied.Contains(id) && !evidence.Quarantined.Contains(id))
                    yield return new(BreachKind.Lost, $"{entry.Fact.Name} was accepted as {id}, and there is neither an event nor a quarantined webhook");
            }
            if (entry.Ids.Count == 0)
                yield return new(BreachKind.Lost, $"{entry.Fact.Name} was told and never accepted");
        }
        var told = evidence.Ledger.SelectMany(entry => entry.Ids).ToHashSet();
        foreach (var webhook in evidence.Webhooks.Where(webhook => webhook.Source != "ezapi" && !told.Contains(webhook.WebhookId)))
            yield return new(BreachKind.Doubled, $"webhook {webhook.WebhookId} of {webhook.Source} is stored, and no sender was given that id");
    }

    private static IEnumerable<Breach> Undecided(Evidence evidence) =>
        from happened in evidence.Events
        where !evidence.Timeline[happened.EventId].Any(row => row.What is "started" or "not_started")
        select new Breach(BreachKind.Lost, $"event {happened.EventId} ({happened.Type}) is there and nothing was decided about it", evidence.Story(happened.EventId));

    /// <summary>
    /// A message that nothing stops has come, or is uncertain, or was and has failed, since it turned out as not sent: all else
    /// that a fault does to a send passes, and it goes out later.
    /// </summary>
    private static IEnumerable<Breach> Missing(Evidence evidence)
    {
        var sent = evidence.Effects.Select(effect => (effect.Phone, effect.Text)).ToHashSet();
        var events = evidence.Events.ToLookup(happened => happened.WebhookId, happened => happened.EventId);
        var ids = evidence.Ledger.ToDictionary(entry => entry.Fact.Name, entry => entry.Ids);
        var messages = evidence.Messages.ToLookup(message => (message.Phone, message.Text));
        foreach (var shopper in evidence.Shoppers)
        {
            foreach (var expected in shopper.Messages.Where(expected => expected.Must && !sent.Contains((shopper.Phone, expected.Text))))
            {
                if (messages[(shopper.Phone, expected.Text)].Any(message => message.Status == "uncertain" || (message.Status == "failed" && WasUncertain(evidence, message))))
                    continue;
                var story = ids.GetValueOrDefault(expected.Cause.Name, []).SelectMany(id => events[id]).Select(evidence.Story);
                yield return new(BreachKind.Lost, $"“{expected.Text}” of {expected.Cause.Name} was never sent, and no fault explains it", string.Join('\n', story));
            }
        }
    }

    // Only where its process was away: what a gateway left unclear never becomes a failure.
    private static bool WasUncertain(Evidence evidence, StoredMessage message) =>
        evidence.Timeline[message.EventId].Any(row => row.MessageId == message.MessageId && row is { What: "uncertain", Reason: "process_died" });

    /// <summary>What the gateway reported as read is read here: receipts only move forward, and none is lost.</summary>
    private static IEnumerable<Breach> Receipts(Evidence evidence)
    {
        var statuses = evidence.Messages.Where(message => message.GatewayMessageId is not null).ToDictionary(message => message.GatewayMessageId!);
        return from effect in evidence.Effects
               where effect.Status == "READ" && statuses.GetValueOrDefault(effect.MessageId) is { Status: not "read" }
               let message = statuses[effect.MessageId]
               select new Breach(BreachKind.Lost, $"message {message.MessageId} was read at the gateway and is {message.Status} here", evidence.Story(message.EventId));
    }

    /// <summary>Set aside is only what no service could have sent, and all of that.</summary>
    private static IEnumerable<Breach> SetAside(Evidence evidence)
    {
        foreach (var (queue, reason, _) in evidence.DeadLetters.Where(letter => !HostileMessages.Bodies.Contains(letter.Text)))
            yield return new(BreachKind.Lost, $"a message of ours lies among the dead letters of {queue}: {reason}");
        var aside = evidence.DeadLetters.Count(letter => HostileMessages.Bodies.Contains(letter.Text));
        if (aside != evidence.Strikes.Hostile)
            yield return new(BreachKind.Lost, $"{evidence.Strikes.Hostile} hostile messages were put on queues, {aside} lie among the dead letters");
    }
}
