using System.Collections.Frozen;
using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.AbandonedCart;
using Recado.Normalizer.Events;
using Recado.Normalizer.EzApi;
using Recado.Normalizer.Partner;
using Recado.Normalizer.Wiapy;

namespace Recado.Normalizer.Shapes;

/// <summary>Compares payloads with what their documents say. Pure, total, and cheap where nothing is new.</summary>
public static class Drift
{
    /// <summary>Findings that one webhook may have; what is beyond counts as one of <see cref="DriftKinds.Other"/>.</summary>
    public const int MostPerWebhook = 20;

    /// <summary>What is known, by source.</summary>
    public static readonly FrozenDictionary<string, Shape> Known = new Dictionary<string, Shape>
    {
        [Sources.Wiapy] = WiapyShape.Known,
        [Sources.AbandonedCart] = AbandonedCartShape.Known,
        [Sources.Partner] = PartnerShape.Known,
        [Sources.Events] = EventsShape.Known,
        [Sources.EzApi] = EzApiShape.Known,
    }.ToFrozenDictionary();

    /// <summary>What is new in a payload, each thing once however often it stands there.</summary>
    /// <param name="source">One of <see cref="Sources"/>; nothing is new in what comes from elsewhere.</param>
    /// <param name="root">The payload, an object.</param>
    public static IReadOnlyList<DriftFinding> Of(string source, JsonElement root)
    {
        if (!Known.TryGetValue(source, out var known))
            return [];
        var found = new DriftFindings();
        if (known.For(root, out var type) is { } shape)
            Look(root, shape, ref found);
        else if (type.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            found.AddValue(DriftKinds.Type, "type", type);
        return found.List;
    }

    private static void Look(JsonElement element, Shape shape, ref DriftFindings found)
    {
        if (element.ValueKind == JsonValueKind.Object)
            LookAtFields(element, shape, ref found);
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Look(item, shape, ref found);
        else if (!shape.Knows(element))
            found.AddValue(shape.ValueKind!, shape.Path, element);
    }

    private static void LookAtFields(JsonElement element, Shape shape, ref DriftFindings found)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (found.IsFull)
                return;
            if (shape.Find(property) is { } known)
                Look(property.Value, known, ref found);
            else
                found.AddField(shape, property);
        }
    }
}
