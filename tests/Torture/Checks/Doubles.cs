using Recado.Tests.Torture.Traffic;

namespace Recado.Tests.Torture.Checks;

/// <summary>INV3, INV4 and INV10: one effect per cause, at the store's own gateway, and few doubts.</summary>
public static class Doubles
{
    public static IEnumerable<Breach> Of(Evidence evidence) => [.. SentTwice(evidence), .. ToldTwice(evidence), .. Unasked(evidence), .. Strangers(evidence), .. Doubts(evidence)];

    /// <summary>Every text is said once to a person: store, phone and text name one step of one journey.</summary>
    private static IEnumerable<Breach> SentTwice(Evidence evidence)
    {
        var causes = evidence.Messages.ToLookup(message => (message.Phone, message.Text), message => message.EventId);
        return from same in evidence.Effects.GroupBy(effect => (effect.InstanceId, effect.Phone, effect.Text))
               where same.Count() > 1
               select new Breach(BreachKind.Doubled, $"“{same.Key.Text}” went out {same.Count()} times: {string.Join(", ", same.Select(effect => $"{effect.MessageId} at {effect.AcceptedAt:HH:mm:ss.fff}"))}",
                   string.Join('\n', causes[(same.Key.Phone, same.Key.Text)].Distinct().Select(evidence.Story)));
    }

    private static IEnumerable<Breach> ToldTwice(Evidence evidence)
    {
        foreach (var entry in evidence.Ledger.Where(entry => entry.Ids.Count > 1))
            yield return new(BreachKind.Doubled, $"{entry.Fact.Name} was accepted under {entry.Ids.Count} ids: {string.Join(", ", entry.Ids)}");
        foreach (var same in evidence.Events.GroupBy(happened => (happened.WebhookId, happened.Type)).Where(same => same.Count() > 1))
            yield return new(BreachKind.Doubled, $"webhook {same.Key.WebhookId} made {same.Count()} events of type {same.Key.Type}");
    }

    /// <summary>What went out and nobody asked for.</summary>
    private static IEnumerable<Breach> Unasked(Evidence evidence)
    {
        var expected = evidence.Shoppers.SelectMany(shopper => shopper.Messages.Select(message => (shopper.Phone, message.Text))).ToHashSet();
        return evidence.Effects.Where(effect => !expected.Contains((effect.Phone, effect.Text)))
            .Select(effect => new Breach(BreachKind.Doubled, $"message {effect.MessageId} (“{effect.Text}”) went out, and nobody was to see it"));
    }

    private static IEnumerable<Breach> Strangers(Evidence evidence)
    {
        var stores = Store.All.ToDictionary(store => store.Instance);
        foreach (var effect in evidence.Effects.Where(effect => !IsOf(stores.GetValueOrDefault(effect.InstanceId), effect.Phone)))
            yield return new(BreachKind.CrossStore, $"message {effect.MessageId} went to a customer of another store by {effect.InstanceId}");
        foreach (var message in evidence.Messages.Where(message => stores[message.Instance].Id != message.Store || (message.Phone.Length > 0 && !IsOf(stores[message.Instance], message.Phone))))
            yield return new(BreachKind.CrossStore, $"message {message.MessageId} of {message.Store} mixes stores", evidence.Story(message.EventId));
        foreach (var journey in evidence.Journeys.Where(journey => journey.Store != journey.ContactStore))
            yield return new(BreachKind.CrossStore, $"journey {journey.JourneyId} of {journey.Store} is about a contact of {journey.ContactStore}", evidence.Story(journey.EventId));
        var told = evidence.Ledger.SelectMany(entry => entry.Ids.Select(id => (Id: id, Store: entry.Fact.Store.Id))).ToDictionary(each => each.Id, each => each.Store);
        foreach (var happened in evidence.Events.Where(happened => happened.Store != happened.ContactStore || told.GetValueOrDefault(happened.WebhookId, happened.Store) != happened.Store))
            yield return new(BreachKind.CrossStore, $"event {happened.EventId} of {happened.Store} mixes stores", evidence.Story(happened.EventId));
    }

    private static bool IsOf(Store? store, string phone) => store is not null && phone.StartsWith($"55{store.Area}9", StringComparison.Ordinal);

    /// <summary>Bounded by what died and what the gateway left open; and where the gateway has echoed a send, it is no doubt any more.</summary>
    private static IEnumerable<Breach> Doubts(Evidence evidence)
    {
        var ever = evidence.Timeline.SelectMany(rows => rows).Count(row => row.What == "uncertain");
        if (ever > evidence.Strikes.DoubtsAllowed)
            yield return new(BreachKind.Uncertain, $"{ever} messages became uncertain; the faults explain {evidence.Strikes.DoubtsAllowed}");
        foreach (var message in Unsettled(evidence))
            yield return new(BreachKind.Uncertain, $"message {message.MessageId} was echoed by the gateway and is still uncertain", evidence.Story(message.EventId));
    }

    /// <summary>Uncertain messages that the gateway has accepted.</summary>
    public static IEnumerable<StoredMessage> Unsettled(Evidence evidence)
    {
        var sent = evidence.Effects.Select(effect => (effect.Phone, effect.Text)).ToHashSet();
        return evidence.Messages.Where(message => message.Status == "uncertain" && sent.Contains((message.Phone, message.Text)));
    }
}
