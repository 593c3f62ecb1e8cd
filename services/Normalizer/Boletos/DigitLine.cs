namespace Recado.Normalizer.Boletos;

/// <summary>Takes the digits that people type apart into the bar code behind them, and checks both.</summary>
internal static class DigitLine
{
    /// <summary>The 44 digits of the bar code, or null where the digits are none; says whether the line's own check digits fit.</summary>
    public static string? BarCodeOf(string digits, out bool fieldsCheck)
    {
        fieldsCheck = true;
        switch (digits.Length)
        {
            case 44:
                return digits[0] == '8' && !IsModulusKnown(digits) ? null : digits;
            case 47 when digits[0] != '8':
                fieldsCheck = Field10(digits, 0, 9) && Field10(digits, 10, 10) && Field10(digits, 21, 10);
                return $"{digits[..4]}{digits[32..]}{digits[4..9]}{digits[10..20]}{digits[21..31]}";
            case 48 when digits[0] == '8' && IsModulusKnown(digits):
                var blocks = Enumerable.Range(0, 4).Select(block => digits.Substring(block * 12, 12)).ToList();
                fieldsCheck = blocks.TrueForAll(block => Collection(digits, block.AsSpan(0, 11)) == block[11] - '0');
                return string.Concat(blocks.Select(block => block[..11]));
            default:
                return null;
        }
    }

    /// <summary>The general check digit, the fifth, over all others.</summary>
    public static bool ChecksAsBank(string barCode) => CheckDigits.OfBank(barCode.Remove(4, 1)) == barCode[4] - '0';

    /// <summary>The general check digit, the fourth, over all others.</summary>
    public static bool ChecksAsCollection(string barCode) => Collection(barCode, barCode.Remove(3, 1)) == barCode[3] - '0';

    private static bool Field10(string digits, int start, int length) =>
        CheckDigits.Modulus10(digits.AsSpan(start, length)) == digits[start + length] - '0';

    // The third digit of arrecadação says what the amount is and which modulus its check digits have.
    private static bool IsModulusKnown(string digits) => digits[2] is >= '6' and <= '9';

    private static int Collection(string digits, ReadOnlySpan<char> part) =>
        digits[2] is '6' or '7' ? CheckDigits.Modulus10(part) : CheckDigits.OfCollection(part);
}
