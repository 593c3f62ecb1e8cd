using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>What every field of an event may hold, amounts apart; the Normalizer reads exactly these.</summary>
internal static partial class EventShape
{
    private sealed record Field(string Path, string Wanted)
    {
        public string[] Steps { get; } = Path.Split('.');
    }

    private const string Text = "text";
    private const string Object = "an object";
    private const string TrueOrFalse = "true or false";
    private const string Installments = "a whole number from 0 to 999";
    private const string Quantity = "a whole number from 1";
    private const string Time = "an ISO 8601 date and time, for example 2026-01-31T12:00:00Z";
    private const string Day = "a day, for example 2026-01-31";

    private static readonly Field[] Fields =
    [
        new("occurredAt", Time),
        new("customer.name", Text), new("customer.phone", Text), new("customer.email", Text), new("customer.document", Text), new("customer.country", Text), new("customer.externalId", Text),
        new("cart", Object), new("cart.id", Text), new("cart.total", Object), new("cart.url", Text), new("cart.abandonedAt", Time),
        new("order", Object), new("order.number", Text), new("order.id", Text), new("order.total", Object), new("order.status", Text), new("order.url", Text),
        new("payment", Object), new("payment.id", Text), new("payment.method", Text), new("payment.amount", Object), new("payment.installments", Installments), new("payment.recurring", TrueOrFalse),
        new("payment.pix", Object), new("payment.pix.code", Text), new("payment.pix.url", Text), new("payment.pix.expiresAt", Time),
        new("payment.boleto", Object), new("payment.boleto.line", Text), new("payment.boleto.url", Text), new("payment.boleto.dueDate", Day),
        new("shipment", Object), new("shipment.status", Text), new("shipment.carrier", Text), new("shipment.trackingCode", Text), new("shipment.url", Text),
        new("links", Object), new("links.checkout", Text), new("links.payment", Text), new("links.tracking", Text), new("links.order", Text),
        new("attribution", Object), new("attribution.src", Text), new("attribution.source", Text), new("attribution.medium", Text), new("attribution.campaign", Text),
        new("attribution.content", Text), new("attribution.term", Text),
    ];

    private static readonly (string Name, string Wanted)[] ItemFields =
        [("id", Text), ("name", Text), ("quantity", Quantity), ("unitPrice", Object), ("imageUrl", Text)];

    /// <summary>The fields that hold something else, with what they must hold. Null is the same as absent.</summary>
    public static IEnumerable<(string Field, string Wanted)> Wrong(JsonElement body)
    {
        foreach (var field in Fields)
            if (!Fits(At(body, field.Steps), field.Wanted))
                yield return (field.Path, field.Wanted);
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

    /// <summary>The value at a path of names.</summary>
    public static JsonElement At(JsonElement body, string[] steps)
    {
        foreach (var step in steps)
            body = body.Get(step);
        return body;
    }

    /// <summary>True for anything but absent and null.</summary>
    public static bool IsGiven(this JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>True for text without a character that can be seen: the same as absent.</summary>
    public static bool IsBlank(this JsonElement value) => value.ValueKind == JsonValueKind.String && !Visible().IsMatch(value.GetString()!);

    private static bool Fits(JsonElement value, string wanted) => !value.IsGiven() || wanted switch
    {
        Text => value.ValueKind == JsonValueKind.String,
        Object => value.ValueKind == JsonValueKind.Object,
        Installments => IsWithin(value, 0, 999),
        Quantity => IsWithin(value, 1, int.MaxValue),
        TrueOrFalse => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        Time => value.IsBlank() || EventTime.IsTime(value),
        _ => value.IsBlank() || EventTime.IsDay(value),
    };

    private static bool IsWithin(JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most;

    [GeneratedRegex(@"[^\s\p{Cc}\uFFFD]")]
    private static partial Regex Visible();
}
