using System.Globalization;
using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>Amounts as Brazilians write them, with an ordinary space. Made by hand, so that no machine's locale data changes a message.</summary>
internal static class MoneyText
{
    private static readonly NumberFormatInfo Brazilian = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = ".",
        NumberGroupSizes = [3],
    };

    /// <summary>Invalid when the currency is no ISO 4217 code in upper case.</summary>
    public static Value Read(Money? money)
    {
        if (money is null) return Value.Missing;
        if (money.Currency is not { Length: 3 } || !money.Currency.All(char.IsAsciiLetterUpper)) return Value.Invalid;
        return Value.Of(Format(money.Amount, money.Currency));
    }

    private static string Format(long minorUnits, string currency)
    {
        // A currency outside the list has two, as most have; no event carries one.
        var decimals = Currencies.Decimals(currency) ?? 2;
        var amount = Math.Abs((decimal)minorUnits);
        for (var i = 0; i < decimals; i++) amount /= 10;
        return $"{(minorUnits < 0 ? "-" : "")}{Symbol(currency)} {amount.ToString($"N{decimals}", Brazilian)}";
    }

    private static string Symbol(string currency) => currency switch
    {
        "BRL" => "R$",
        "USD" => "US$",
        "EUR" => "€",
        _ => currency,
    };
}
