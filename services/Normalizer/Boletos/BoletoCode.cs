using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Recado.Contracts;

namespace Recado.Normalizer.Boletos;

/// <summary>
/// What a boleto is paid by, after FEBRABAN's layouts: a digit line of 47 digits (a bank's) or 48 (arrecadação: taxes, water,
/// light), or the bar code of 44 behind either. Dots, spaces and hyphens between the digits mean nothing.
/// </summary>
public sealed record BoletoCode
{
    private const int Longest = 80;

    private BoletoCode() { }

    /// <summary>The 44 digits of the bar code, whichever form was given.</summary>
    public required string BarCode { get; init; }

    /// <summary>True for arrecadação, which banks keep apart from their own boletos.</summary>
    public bool IsCollection => BarCode[0] == '8';

    /// <summary>In reais; null where it names none.</summary>
    public Money? Amount { get; private init; }

    /// <summary>The last day by a bank's <see cref="DueDateFactor"/>; null for none and for arrecadação.</summary>
    public DateOnly? DueDate { get; private init; }

    /// <summary>The problem is one of <see cref="CodeProblems"/>; where several apply, structure goes before checksum, checksum before currency.</summary>
    /// <param name="arrival">The day of the webhook, by which the cycle of the due date is known.</param>
    public static bool TryParse(string line, DateOnly arrival, [NotNullWhen(true)] out BoletoCode? parsed, [NotNullWhen(false)] out string? problem)
    {
        parsed = null;
        if (DigitsOf(line) is not { } digits || DigitLine.BarCodeOf(digits, out var fieldsCheck) is not { } barCode)
        {
            problem = CodeProblems.Malformed;
            return false;
        }
        var isCollection = barCode[0] == '8';
        problem = !fieldsCheck || !(isCollection ? DigitLine.ChecksAsCollection(barCode) : DigitLine.ChecksAsBank(barCode)) ? CodeProblems.Checksum
            : !isCollection && barCode[3] != '9' ? CodeProblems.Currency
            : null;
        if (problem is not null)
            return false;
        parsed = isCollection
            ? new() { BarCode = barCode, Amount = barCode[2] is '6' or '8' ? AmountOf(barCode.AsSpan(4, 11)) : null }
            : new() { BarCode = barCode, Amount = AmountOf(barCode.AsSpan(9, 10)), DueDate = DueDateFactor.DayOf(barCode.AsSpan(5, 4), arrival) };
        return true;
    }

    private static string? DigitsOf(string line)
    {
        if (line.Length > Longest || line.Any(character => !char.IsAsciiDigit(character) && character is not (' ' or '.' or '-')))
            return null;
        return string.Concat(line.Where(char.IsAsciiDigit));
    }

    private static Money? AmountOf(ReadOnlySpan<char> centavos) =>
        long.Parse(centavos, CultureInfo.InvariantCulture) is > 0 and var amount ? Amounts.Amount.FromMinor(amount, "BRL") : null;
}
