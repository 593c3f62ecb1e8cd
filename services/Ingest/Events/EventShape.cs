using System.Text.Json;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>The JSON type of every field of an event; the Normalizer reads exactly these.</summary>
internal static class EventShape
{
    private const string Text = "text";
    private const string Object = "an object";
    private const string WholeNumber = "a whole number";
    private const string TrueOrFalse = "true or false";

    private static readonly (string Path, string Wanted)[] Fields =
    [
        ("customer.name", Text), ("customer.phone", Text), ("customer.email", Text), ("customer.document", Text), ("customer.country", Text), ("customer.externalId", Text),
        ("cart", Object), ("cart.id", Text), ("cart.total", Object), ("cart.url", Text),
        ("order", Object), ("order.number", Text), ("order.id", Text), ("order.total", Object), ("order.status", Text), ("order.url", Text),
        ("payment", Object), ("payment.id", Text), ("payment.method", Text), ("payment.amount", Object), ("payment.installments", WholeNumber), ("payment.recurring", TrueOrFalse),
        ("payment.pix", Object), ("payment.pix.code", Text), ("payment.pix.url", Text), ("payment.pix.expiresAt", Text),
        ("payment.boleto", Object), ("payment.boleto.line", Text), ("payment.boleto.url", Text), ("payment.boleto.dueDate", Text),
        ("shipment", Object), ("shipment.status", Text), ("shipment.carrier", Text), ("shipment.trackingCode", Text), ("shipment.url", Text),
        ("links", Object), ("links.checkout", Text), ("links.payment", Text), ("links.tracking", Text), ("links.order", Text),
        ("attribution", Object), ("attribution.src", Text), ("attribution.source", Text), ("attribution.medium", Text), ("attribution.campaign", Text),
        ("attribution.content", Text), ("attribution.term", Text),
    ];

    private static readonly (string Name, string Wanted)[] ItemFields =
        [("id", Text), ("name", Text), ("quantity", WholeNumber), ("unitPrice", Object), ("imageUrl", Text)];

    /// <summary>The fields of another type, with the type they must have. Null is the same as absent.</summary>
    public static IEnumerable<(string Field, string Wanted)> Wrong(JsonElement body)
    {
        foreach (var (path, wanted) in Fields)
            if (!Fits(path.Split('.').Aggregate(body, (part, name) => part.Get(name)), wanted))
                yield return (path, wanted);
        if (body.Get("items") is not { ValueKind: JsonValueKind.Array } items)
            yield break;
        foreach (var (i, item) in items.EnumerateArray().Index())
        {
            if (!Fits(item, Object))
                yield return ($"items[{i}]", Object);
            foreach (var (name, wanted) in ItemFields)
                if (!Fits(item.Get(name), wanted))
                    yield return ($"items[{i}].{name}", wanted);
        }
    }

    private static bool Fits(JsonElement value, string wanted) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || wanted switch
    {
        Text => value.ValueKind == JsonValueKind.String,
        Object => value.ValueKind == JsonValueKind.Object,
        WholeNumber => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        _ => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
    };
}
