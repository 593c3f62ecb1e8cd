using System.Globalization;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Erasing;

/// <summary>All that is known of a person, as ids and counts. Pure.</summary>
/// <param name="Contacts">The contact, with those that turned out to be the same person.</param>
/// <param name="Keys">How many identities and things lead to it. Many e-mails say that it is several persons: a shop's placeholder address makes one of all who give it.</param>
/// <param name="Stopped">Of the journeys, those that had not ended.</param>
internal sealed record Known(Guid[] Contacts, IReadOnlyList<string> Keys, IReadOnlyList<KnownEvent> Events, int Journeys, int Stopped, IReadOnlyList<Guid> Messages)
{
    private const int MostIds = 1000;

    public static readonly Known Nobody = new([], [], [], 0, 0, []);

    /// <summary>What the other services are told.</summary>
    public IEnumerable<PersonErased> News(Guid erasure, string store, DateTimeOffset now)
    {
        Guid[] webhooks = [.. Events.Select(known => known.WebhookId).Distinct()];
        Guid[] events = [.. Events.Select(known => known.EventId)];
        var parts = (Math.Max(events.Length, Messages.Count) + MostIds - 1) / MostIds; // an event has one webhook
        for (var part = 0; part < parts; part++)
            yield return new()
            {
                ErasureId = DeterministicId.Of("erasure", erasure.ToString(), part.ToString(CultureInfo.InvariantCulture)),
                StoreId = store,
                WebhookIds = Part(webhooks, part),
                EventIds = Part(events, part),
                MessageIds = Part(Messages, part),
                ErasedAt = now,
            };
    }

    /// <summary>In words; nothing of it is personal.</summary>
    public string Tell() =>
        $"{Keys.Count} identities ({Count("phone:")} phones, {Count("email:")} e-mails, {Count("document:")} documents), {Events.Count} events, {Journeys} journeys ({Stopped} under way), {Messages.Count} messages";

    private int Count(string kind) => Keys.Count(key => key.StartsWith(kind, StringComparison.Ordinal));

    private static Guid[] Part(IReadOnlyList<Guid> ids, int part) => [.. ids.Skip(part * MostIds).Take(MostIds)];
}

/// <summary>An event about the person; without what it said.</summary>
internal sealed record KnownEvent(Guid EventId, Guid WebhookId, string Type, string Source, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt)
{
    /// <summary>What stays of it: that it happened.</summary>
    public CommerceEvent WithoutPerson(string store) => new()
    {
        EventId = EventId,
        WebhookId = WebhookId,
        StoreId = store,
        Source = Source,
        Type = Type,
        OccurredAt = OccurredAt,
        ReceivedAt = ReceivedAt,
        Subject = $"event:{EventId}",
        Keys = [],
        Customer = new(),
    };
}
