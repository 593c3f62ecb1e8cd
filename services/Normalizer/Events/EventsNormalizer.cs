using System.Text.Json;
using Recado.Contracts;

namespace Recado.Normalizer.Events;

/// <summary>To be filled.</summary>
public sealed class EventsNormalizer : ISourceNormalizer
{
    public string Source => Sources.Events;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root) => Normalized.Quarantined(Reasons.UnknownType);
}
