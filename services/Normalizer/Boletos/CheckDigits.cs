namespace Recado.Normalizer.Boletos;

/// <summary>The check digits of FEBRABAN, each over digits from right to left.</summary>
internal static class CheckDigits
{
    /// <summary>Weights 2 and 1 in turn, the digits of each product summed, up to the next ten.</summary>
    public static int Modulus10(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
        }
        return (10 - (sum % 10)) % 10;
    }

    /// <summary>Of a bank's bar code: 0, 10 and 11 are written as 1, so that three remainders share one digit.</summary>
    public static int OfBank(ReadOnlySpan<char> digits) => Remainder11(digits) switch { 0 or 1 or 10 => 1, var rest => 11 - rest };

    /// <summary>Of arrecadação: the remainders 0 and 1 are written as 0, 10 as 1.</summary>
    public static int OfCollection(ReadOnlySpan<char> digits) => Remainder11(digits) switch { 0 or 1 => 0, var rest => 11 - rest };

    // Weights 2 to 9 in turn.
    private static int Remainder11(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[^(i + 1)] - '0') * (2 + (i % 8));
        return sum % 11;
    }
}
