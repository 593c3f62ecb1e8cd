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
        var (decimals, unit) = currency switch
        {
            "JPY" or "CLP" or "PYG" or "KRW" or "VND" or "ISK" or "UGX" or "XAF" or "XOF" or "XPF" => (0, 1m),
            "BHD" or "KWD" or "OMR" or "JOD" or "TND" or "IQD" or "LYD" => (3, 1000m),
            _ => (2, 100m),
        };
        var amount = Math.Abs((decimal)minorUnits) / unit;
        var sign = minorUnits < 0 ? "-" : "";
        return $"{sign}{Symbol(currency)} {amount.ToString($"N{decimals}", Brazilian)}";
    }

    private static string Symbol(string currency) => currency switch
    {
        "BRL" => "R$",
        "USD" => "US$",
        "EUR" => "€",
        _ => currency,
    };
}
