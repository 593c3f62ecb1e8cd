using Recado.AutomationMatcher.Timeline;
using Recado.Contracts;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>What a decision changes and causes. Nothing has happened yet: the caller saves and publishes it in one transaction.</summary>
/// <param name="State">The contact afterwards.</param>
/// <param name="Changed">Journeys to save.</param>
/// <param name="Marked">Markers to save.</param>
/// <param name="Messages">Messages to publish, each with the trace it continues.</param>
/// <param name="Entries">What the timeline will say.</param>
public sealed record Decision(ContactState State, IReadOnlyList<Journey> Changed, IReadOnlyList<Marker> Marked,
    IReadOnlyList<(IMessage Message, string? Trace)> Messages, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>The trace in which it was made, where whoever asked for it knows; the timeline tells it.</summary>
    public string? TraceId { get; init; }
}

/// <summary>Collects a decision while it is being made.</summary>
internal sealed class Draft(ContactState state)
{
    private readonly Dictionary<Guid, Journey> _journeys = state.Journeys.ToDictionary(journey => journey.JourneyId);
    private readonly Dictionary<(string, string), Marker> _markers = state.Markers.ToDictionary(marker => (marker.Type, marker.Subject));
    private readonly HashSet<Guid> _changed = [];
    private readonly List<Marker> _marked = [];

    public string? Phone { get; set; } = state.Phone;
    public Guid ContactId => state.ContactId;
    public List<(IMessage Message, string? Trace)> Messages { get; } = [];
    public List<TimelineEntry> Entries { get; } = [];
    public IReadOnlyCollection<Journey> Journeys => [.. _journeys.Values];
    public IReadOnlyCollection<Marker> Markers => _markers.Values;

    public void Put(Journey journey)
    {
        _journeys[journey.JourneyId] = journey;
        _changed.Add(journey.JourneyId);
    }

    public void Mark(Marker marker)
    {
        if (_markers.TryGetValue((marker.Type, marker.Subject), out var known) && known.At >= marker.At)
            return;
        _markers[(marker.Type, marker.Subject)] = marker;
        _marked.Add(marker);
    }

    public Decision ToDecision() => new(
        state with { Phone = Phone, Journeys = [.. _journeys.Values], Markers = [.. _markers.Values] },
        [.. _changed.Select(id => _journeys[id])], _marked, Messages, Entries);
}
