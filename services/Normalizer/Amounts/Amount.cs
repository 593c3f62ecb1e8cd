using System.Runtime.InteropServices;
using System.Text.Json;
using Recado.Contracts;

namespace Recado.Normalizer.Amounts;

/// <summary>Amounts as sources write them. Never by way of a binary fraction: 0.29 * 100 is 28 there.</summary>
public static class Amount
{
    private const string Reals = "BRL";

    /// <summary>An integer number of centavos; null for anything else, a negative number included.</summary>
    public static Money? Centavos(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var centavos) ? FromMinor(centavos, Reals) : null;

    /// <summary>A decimal number of reais with at most two decimals; null for anything else.</summary>
    public static Money? Reais(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && ExactDecimal.TryParse(JsonMarshal.GetRawUtf8Value(element), out var reais)
            ? FromDecimal(reais, Reals)
            : null;

    /// <summary>Minor units of an ISO 4217 currency; null where the currency is unknown or the amount out of range.</summary>
    public static Money? FromMinor(long amount, string currency) =>
        Currencies.Decimals(currency) is not null && amount is >= 0 and <= Currencies.Largest ? new(amount, currency) : null;

    /// <summary>Major units; null also where there are more decimals than the currency has.</summary>
    public static Money? FromDecimal(decimal amount, string currency)
    {
        if (Currencies.Decimals(currency) is not { } decimals || amount is < 0 or > Currencies.Largest)
            return null;
        for (var i = 0; i < decimals; i++)
            amount *= 10;
        return decimal.Truncate(amount) == amount && amount <= Currencies.Largest ? FromMinor((long)amount, currency) : null;
    }
}
