using System.Text.Json;
using Recado.Contracts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Events;

/// <summary>Recado's own Events API (events-api.txt); the schema is <see cref="EventsApiBody"/>.</summary>
public sealed class EventsNormalizer : ISourceNormalizer
{
    public string Source => Sources.Events;

    public Normalized Normalize(WebhookReceived webhook, JsonElement root)
    {
        EventsApiBody body;
        try
        {
            body = root.Deserialize(EventsApiJson.Default.EventsApiBody)!;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return Normalized.Quarantined(Strings.AreReadable(root) ? QuarantineReasons.InvalidValue : QuarantineReasons.InvalidText, FieldOf(wrong as JsonException));
        }
        var findings = new Findings();
        if (PlainText.Token(body.SchemaVersion) is not (null or "1"))
            findings.Add(QuarantineReasons.InvalidValue, "schemaVersion");
        if (PlainText.Token(body.Id) is null)
            findings.Add(QuarantineReasons.MissingField, "id");
        if (PlainText.Token(body.Type) is not { } type)
            findings.Add(QuarantineReasons.MissingField, "type");
        else if (!EventTypes.All.Contains(type))
            findings.Add(QuarantineReasons.UnknownEvent, "type");
        else
            return CommerceEvents.Finish(Tell(webhook, body, type, findings), findings);
        return new([], findings.First);
    }

    private static CommerceEvent Tell(WebhookReceived webhook, EventsApiBody body, string type, Findings findings)
    {
        var parts = new Parts(findings, webhook.ReceivedAt);
        var told = CommerceEvents.Begin(webhook, type, Instant.Parse(body.OccurredAt)) with
        {
            Customer = Parts.Customer(body.Customer),
            Cart = parts.Cart(body.Cart),
            Order = parts.Order(body.Order),
            Payment = parts.Payment(body.Payment, type),
            Shipment = Parts.Shipment(body.Shipment),
            Items = parts.Items(body.Items),
            Links = Parts.Links(body),
            Attribution = Parts.Attribution(body.Attribution),
        };
        return told with { Value = ValueOf(told) };
    }

    // The part that the type is about; where that has no amount, the one a person would name next.
    private static Money? ValueOf(CommerceEvent told)
    {
        var (cart, order, payment) = (told.Cart?.Total, told.Order?.Total, told.Payment?.Amount);
        return CommerceEvents.ThingOf(told.Type) switch
        {
            "cart" => cart ?? order ?? payment,
            "order" or "shipment" => order ?? payment ?? cart,
            "customer" => null,
            _ => payment ?? order ?? cart,
        };
    }

    // "$.items[2].name" is items.name.
    private static string FieldOf(JsonException? wrong) =>
        wrong?.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)
            ? string.Join('.', path[2..].Split('.').Select(step => step.Split('[')[0]))
            : "$";
}
