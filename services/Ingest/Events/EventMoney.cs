using System.Text.Json;
using Recado.Contracts;
using Recado.Ingest.Accepting;

namespace Recado.Ingest.Events;

/// <summary>Amounts of an event: minor units or decimals, by the name of the field, never both, so that nothing is guessed.</summary>
internal static class EventMoney
{
    // A decimal holds any 28 digits exactly.
    private const int LongestNumber = 28;

    /// <summary>Names what is wrong with an amount. What is no object is left to <see cref="EventShape"/>.</summary>
    public static void Check(JsonElement money, string field, Dictionary<string, string[]> errors)
    {
        if (money.ValueKind != JsonValueKind.Object)
            return;
        var (minor, amount, currency) = (money.Get("amountMinor"), money.Get("amount"), money.Get("currency"));
        var decimals = currency.ValueKind == JsonValueKind.String ? Currencies.Decimals(currency.GetString()!) : null;
        if (minor.IsGiven() == amount.IsGiven())
            errors[field] = ["Give either amountMinor (a whole number of minor units) or amount (a decimal number), not both."];
        else if (!currency.IsGiven() || currency.IsBlank())
            errors[field + ".currency"] = ["Required beside an amount: an ISO 4217 code, for example BRL. It is never assumed."];
        else if (decimals is null)
            errors[field + ".currency"] = ["Must be an ISO 4217 code in upper case, for example BRL."];
        else if (minor.IsGiven() && !IsMinor(minor))
            errors[field + ".amountMinor"] = [$"Must be a whole number of minor units from 0 to {Currencies.Largest}, for example 19990 for R$ 199,90."];
        else if (amount.IsGiven() && !IsExact(amount, decimals.Value))
            errors[field + ".amount"] = [$"Must be a number from 0 with {Allowed(decimals.Value)}, as {currency.GetString()} has; amounts are not rounded."];
    }

    private static bool IsMinor(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var minor) && minor is >= 0 and <= Currencies.Largest;

    /// <summary>No more decimals than the currency has, and no number text that a decimal cannot hold digit for digit.</summary>
    private static bool IsExact(JsonElement value, int decimals)
    {
        if (value.ValueKind != JsonValueKind.Number || value.GetRawText() is not { Length: <= LongestNumber } text
            || text.Contains("e-", StringComparison.OrdinalIgnoreCase) || !value.TryGetDecimal(out var amount) || amount is < 0 or > Currencies.Largest)
            return false;
        for (var i = 0; i < decimals; i++)
            amount *= 10;
        return decimal.Truncate(amount) == amount && amount <= Currencies.Largest;
    }

    private static string Allowed(int decimals) => decimals == 0 ? "no decimals" : $"at most {decimals} decimals";
}
