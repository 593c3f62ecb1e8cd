using System.Text.Json;
using Recado.Contracts;

namespace Recado.Normalizer;

/// <summary>Understands the payloads of one source. Pure, without state, and total.</summary>
public interface ISourceNormalizer
{
    /// <summary>One of <see cref="Sources"/>.</summary>
    string Source { get; }

    /// <summary>What the webhook says.</summary>
    /// <param name="root">Its body, a JSON object.</param>
    Normalized Normalize(WebhookReceived webhook, JsonElement root);
}
