using System.Text.Json;
using Recado.Contracts;

namespace Recado.Normalizer.EzApi;

/// <summary>To be filled.</summary>
public sealed class EzApiNormalizer : ISourceNormalizer
{
    public string Source => Sources.EzApi;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root) => Normalized.Quarantined(Reasons.UnknownType);
}
