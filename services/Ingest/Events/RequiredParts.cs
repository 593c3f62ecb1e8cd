using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Contracts;

namespace Recado.Ingest.Events;

/// <summary>
/// What an event of each type must tell, beyond id, type and customer: without it there would be nothing to find it by
/// again, or nothing to write about.
/// </summary>
internal static partial class RequiredParts
{
    /// <summary>One of several fields, all in one part but for the links, which stand for a part's url.</summary>
    /// <param name="Part">The object that must be there.</param>
    /// <param name="Named">The field that the error is told of.</param>
    private sealed record Requirement(string Part, string Named, params string[] AnyOf)
    {
        public (string[] Steps, bool IsLink)[] Fields { get; } = [.. AnyOf.Select(path => (path.Split('.'), IsLink(path)))];

        public string Sentence { get; } = string.Join(" or ", AnyOf.Select(path => IsLink(path) ? $"{path} (https)" : path));

        private static bool IsLink(string path) => path.EndsWith(".url", StringComparison.Ordinal) || path.StartsWith("links.", StringComparison.Ordinal);
    }

    private static readonly Requirement Cart = new("cart", "cart.id", "cart.id");
    private static readonly Requirement Order = new("order", "order", "order.id", "order.number");
    private static readonly Requirement Payment = new("payment", "payment", "payment.id", "payment.method", "payment.amount");
    private static readonly Requirement Pix = new("payment", "payment.pix", "payment.pix.code", "payment.pix.url", "links.payment");
    private static readonly Requirement Boleto = new("payment", "payment.boleto", "payment.boleto.line", "payment.boleto.url", "links.payment");
    private static readonly Requirement DueDate = new("payment", "payment.boleto.dueDate", "payment.boleto.dueDate");
    private static readonly Requirement Shipment = new("shipment", "shipment", "shipment.status", "shipment.trackingCode");

    private static readonly Dictionary<string, Requirement[]> ByType = new()
    {
        [EventTypes.CustomerRegistered] = [],
        [EventTypes.CartCreated] = [Cart],
        [EventTypes.CartAbandoned] = [Cart],
        [EventTypes.OrderCreated] = [Order],
        [EventTypes.OrderCancelled] = [Order],
        [EventTypes.PixCreated] = [Pix],
        [EventTypes.BoletoCreated] = [Boleto],
        [EventTypes.BoletoDue] = [Boleto, DueDate],
        [EventTypes.PaymentPending] = [Payment],
        [EventTypes.PaymentApproved] = [Payment],
        [EventTypes.PaymentFailed] = [Payment],
        [EventTypes.PaymentRefunded] = [Payment],
        [EventTypes.PaymentChargedback] = [Payment],
        [EventTypes.ShipmentUpdated] = [Shipment],
    };

    /// <summary>Names the type where there is no such one, and else what the type requires and the body lacks.</summary>
    public static void Check(JsonElement body, string? type, Dictionary<string, string[]> errors)
    {
        if (type is null || !ByType.TryGetValue(type, out var requirements))
        {
            errors["type"] = [$"Must be one of {string.Join(", ", EventTypes.All)}."];
            return;
        }
        foreach (var requirement in requirements)
            if (EventShape.At(body, [requirement.Part]).ValueKind != JsonValueKind.Object)
                errors[requirement.Part] = [$"Required for {type}, as an object."];
            else if (!requirement.Fields.Any(field => Tells(EventShape.At(body, field.Steps), field.IsLink)))
                errors[requirement.Named] = [$"Required for {type}: {requirement.Sentence}."];
    }

    // A value of a wrong type is named as such; it is not missing too.
    private static bool Tells(JsonElement value, bool isLink) =>
        value.IsGiven() && !value.IsBlank() && (!isLink || value.ValueKind != JsonValueKind.String || Https().IsMatch(value.GetString()!));

    [GeneratedRegex(@"^\s*[hH][tT][tT][pP][sS]://\S")]
    private static partial Regex Https();
}
