using System.Collections.Frozen;
using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.AbandonedCart;
using Recado.Normalizer.Events;
using Recado.Normalizer.EzApi;
using Recado.Normalizer.Partner;
using Recado.Normalizer.Shapes;
using Recado.Normalizer.Wiapy;

namespace Recado.Normalizer;

/// <summary>Turns a webhook into what it says, in one vocabulary. Pure: the same webhook always gives the same result.</summary>
public static class Normalization
{
    private static readonly FrozenDictionary<string, ISourceNormalizer> BySource = new ISourceNormalizer[]
    {
        new WiapyNormalizer(), new AbandonedCartNormalizer(), new PartnerNormalizer(), new EventsNormalizer(), new EzApiNormalizer(),
    }.ToFrozenDictionary(normalizer => normalizer.Source);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Total: whatever the bytes are, the answer is messages, a quarantine with a reason, or neither.</summary>
    public static Normalized Normalize(WebhookReceived webhook)
    {
        if (webhook.ConflictsWith is not null)
            return Normalized.Quarantined(QuarantineReasons.IdempotencyConflict);
        if (!BySource.TryGetValue(webhook.Source, out var normalizer))
            return Normalized.Quarantined(QuarantineReasons.UnknownSource);
        try
        {
            using var document = JsonDocument.Parse(WithoutByteOrderMark(webhook.Body));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Normalized.Quarantined(QuarantineReasons.InvalidValue, "$");
            var normalized = normalizer.Normalize(webhook, document.RootElement);
            return Drift.Of(webhook.Source, document.RootElement) is { Count: > 0 } drift ? normalized with { Drift = drift } : normalized;
        }
        catch (JsonException)
        {
            return Normalized.Quarantined(QuarantineReasons.MalformedJson);
        }
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
}
