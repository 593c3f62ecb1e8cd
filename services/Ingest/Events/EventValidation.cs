using System.Text.Json;
using System.Text.RegularExpressions;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>
/// What an event must carry: a stable id, a type, somebody to reach, and the part that its type is about. The same, for
/// senders to read, is events.v1.schema.json; a test holds the two together.
/// </summary>
internal static partial class EventValidation
{
    private const int LongestId = 200;

    /// <summary>What is wrong, by field; empty when nothing is.</summary>
    public static Dictionary<string, string[]> Check(JsonElement body)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors[""] = ["The event must be a JSON object."];
            return errors;
        }
        if (!IsId(body.Get("id")))
            errors["id"] = [$"A stable id of your own is required: text of at most {LongestId} characters. A resend carries the same id."];
        if (body.Get("schemaVersion") is { } version && version.IsGiven() && !(version.ValueKind == JsonValueKind.String && version.GetString() is "" or "1"))
            errors["schemaVersion"] = ["Must be \"1\", or absent."];
        RequiredParts.Check(body, body.Get("type").ValueKind == JsonValueKind.String ? body.Text("type") : null, errors);
        CheckCustomer(body.Get("customer"), errors);
        CheckAmounts(body, errors);
        if (body.Get("items") is { } items && items.IsGiven() && items.ValueKind != JsonValueKind.Array)
            errors["items"] = ["Must be a list."];
        foreach (var (field, wanted) in EventShape.Wrong(body))
            errors.TryAdd(field, [$"Must be {wanted}."]);
        return errors;
    }

    private static bool IsId(JsonElement id) =>
        id.ValueKind == JsonValueKind.String && !id.IsBlank() && id.GetString()!.EnumerateRunes().Count() <= LongestId;

    private static void CheckCustomer(JsonElement customer, Dictionary<string, string[]> errors)
    {
        if (customer.ValueKind != JsonValueKind.Object)
        {
            errors["customer"] = ["Required: name, phone, email, document, country, externalId; at least one of phone, email and externalId."];
            return;
        }
        var (phone, email, externalId) = (customer.Get("phone"), customer.Get("email"), customer.Get("externalId"));
        var isReachable = Tells(phone) || (Tells(email) && IsAddress(email)) || Tells(externalId);
        if (!isReachable)
            errors["customer"] = ["At least one of phone, email (an address) and externalId is required."];
        else if (Tells(phone) && phone.ValueKind == JsonValueKind.String && !Phone().IsMatch(phone.GetString()!))
            errors["customer.phone"] = ["Must be a phone number with area code, for example +5511987654321."];
    }

    private static void CheckAmounts(JsonElement body, Dictionary<string, string[]> errors)
    {
        EventMoney.Check(body.Get("cart").Get("total"), "cart.total", errors);
        EventMoney.Check(body.Get("order").Get("total"), "order.total", errors);
        EventMoney.Check(body.Get("payment").Get("amount"), "payment.amount", errors);
        if (body.Get("items") is { ValueKind: JsonValueKind.Array } items)
            foreach (var (i, item) in items.EnumerateArray().Index())
                EventMoney.Check(item.Get("unitPrice"), $"items[{i}].unitPrice", errors);
    }

    private static bool Tells(JsonElement value) => value.IsGiven() && !value.IsBlank();

    private static bool IsAddress(JsonElement email) => email.ValueKind != JsonValueKind.String || Address().IsMatch(email.GetString()!);

    // 8 to 18 digits, in whatever form.
    [GeneratedRegex("^[^0-9]*([0-9][^0-9]*){8,18}$", RegexOptions.Singleline)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^\s*[^@\s]+@[^@\s]+\s*$")]
    private static partial Regex Address();
}
