using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Contracts;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>What an event must carry: a stable id, a type, somebody to reach, and the part that its type is about.</summary>
internal static partial class EventValidation
{
    private static readonly Dictionary<string, string?> PartOfType = new()
    {
        [EventTypes.CustomerRegistered] = null,
        [EventTypes.CartCreated] = "cart",
        [EventTypes.CartAbandoned] = "cart",
        [EventTypes.OrderCreated] = "order",
        [EventTypes.OrderCancelled] = "order",
        [EventTypes.PixCreated] = "payment",
        [EventTypes.BoletoCreated] = "payment",
        [EventTypes.BoletoDue] = "payment",
        [EventTypes.PaymentPending] = "payment",
        [EventTypes.PaymentApproved] = "payment",
        [EventTypes.PaymentFailed] = "payment",
        [EventTypes.PaymentRefunded] = "payment",
        [EventTypes.PaymentChargedback] = "payment",
        [EventTypes.ShipmentUpdated] = "shipment",
    };

    /// <summary>What is wrong, by field; empty when nothing is.</summary>
    public static Dictionary<string, string[]> Check(JsonElement body)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors[""] = ["The event must be a JSON object."];
            return errors;
        }
        if (body.Get("id").ValueKind != JsonValueKind.String || body.Text("id") is not { Length: <= 200 })
            errors["id"] = ["A stable id of your own is required: text of at most 200 characters. A resend carries the same id."];
        CheckType(body, errors);
        CheckTime(body, "occurredAt", "occurredAt", errors);
        CheckTime(body.Get("cart"), "abandonedAt", "cart.abandonedAt", errors);
        CheckCustomer(body.Get("customer"), errors);
        CheckMoney(body.Get("cart").Get("total"), "cart.total", errors);
        CheckMoney(body.Get("order").Get("total"), "order.total", errors);
        CheckMoney(body.Get("payment").Get("amount"), "payment.amount", errors);
        CheckItems(body.Get("items"), errors);
        foreach (var (field, wanted) in EventShape.Wrong(body))
            errors.TryAdd(field, [$"Must be {wanted}."]);
        return errors;
    }

    private static void CheckType(JsonElement body, Dictionary<string, string[]> errors)
    {
        if (body.Text("type") is not { } type || !PartOfType.TryGetValue(type, out var part))
            errors["type"] = [$"Must be one of {string.Join(", ", EventTypes.All)}."];
        else if (part is not null && body.Get(part).ValueKind != JsonValueKind.Object)
            errors[part] = [$"Required for {type}."];
    }

    private static void CheckTime(JsonElement part, string name, string field, Dictionary<string, string[]> errors)
    {
        var value = part.Get(name);
        if (!IsGiven(value))
            return;
        if (value.ValueKind != JsonValueKind.String || !Iso().IsMatch(value.GetString()!)
            || !DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            errors[field] = ["Must be an ISO 8601 date and time, for example 2026-01-31T12:00:00Z."];
    }

    private static void CheckCustomer(JsonElement customer, Dictionary<string, string[]> errors)
    {
        if (customer.ValueKind != JsonValueKind.Object)
            errors["customer"] = ["Required: name, phone, email, document, country, externalId; at least one of phone, email and externalId."];
        else if (customer.Text("phone") is null && customer.Text("email") is null && customer.Text("externalId") is null)
            errors["customer"] = ["At least one of phone, email and externalId is required."];
        else if (customer.Text("phone") is { } phone && phone.Count(char.IsAsciiDigit) is < 8 or > 18)
            errors["customer.phone"] = ["Must be a phone number with area code, for example +5511987654321."];
    }

    private static void CheckItems(JsonElement items, Dictionary<string, string[]> errors)
    {
        if (!IsGiven(items))
            return;
        if (items.ValueKind != JsonValueKind.Array)
            errors["items"] = ["Must be a list."];
        else
            foreach (var (i, item) in items.EnumerateArray().Index())
                CheckMoney(item.Get("unitPrice"), $"items[{i}].unitPrice", errors);
    }

    /// <summary>Minor units or decimals, by the name of the field, never both: an amount is not guessed.</summary>
    private static void CheckMoney(JsonElement money, string field, Dictionary<string, string[]> errors)
    {
        if (!IsGiven(money))
            return;
        var (minor, amount) = (money.Get("amountMinor"), money.Get("amount"));
        var minorGood = minor.ValueKind == JsonValueKind.Number && minor.TryGetInt64(out var cents) && cents >= 0;
        var amountGood = Amounts.IsExact(amount) && amount.GetDecimal() is >= 0 and < 1_000_000_000_000m;
        var currency = money.Text("currency");
        if (minorGood == amountGood || (IsGiven(minor) && IsGiven(amount)))
            errors[field] = ["Give either amountMinor (a whole number of minor units) or amount (a number with at most two decimals)."];
        else if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper))
            errors[field + ".currency"] = ["Must be an ISO 4217 code, for example BRL."];
    }

    private static bool IsGiven(JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$")]
    private static partial Regex Iso();
}
