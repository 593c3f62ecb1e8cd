using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Recado.Contracts;

namespace Recado.Normalizer.Pix;

/// <summary>The copy-and-paste code of a PIX (Banco Central, "Manual do BR Code"): EMV tags, lengths and values, closed by a CRC16.</summary>
public sealed record BrCode
{
    private const int Longest = 512;
    private const string PixSystem = "br.gov.bcb.pix";

    private BrCode() { }

    /// <summary>The PIX key of a static code: a phone, an e-mail, a document or a random key. Null for a dynamic one.</summary>
    public string? Key { get; private init; }

    /// <summary>Where a dynamic code's charge is fetched, without <c>https://</c>.</summary>
    public string? Url { get; private init; }

    /// <summary>In reais; null where the code names none: the payer types it, or the charge behind <see cref="Url"/> has it.</summary>
    public Money? Amount { get; private init; }

    public required string MerchantName { get; init; }
    public required string City { get; init; }

    /// <summary>Null where it is absent or <c>***</c>, which stands for none.</summary>
    public string? TxId { get; private init; }

    /// <summary>Whether a bank could read it: structure, the PIX account and the checksum. Who is paid, and how much, is not looked at.</summary>
    public static bool IsValid(string code) => TryParse(code, out _, out _);

    /// <summary>The problem is one of <see cref="CodeProblems"/>; where several apply, structure goes before checksum, checksum before currency.</summary>
    public static bool TryParse(string code, [NotNullWhen(true)] out BrCode? parsed, [NotNullWhen(false)] out string? problem)
    {
        parsed = null;
        problem = CodeProblems.Malformed;
        if (code.Length is < 12 or > Longest)
            return false;
        var bytes = Encoding.UTF8.GetBytes(code);
        // Lengths count characters; some banks count the bytes of an accented name.
        if ((Read(code) ?? Read(Encoding.Latin1.GetString(bytes))) is not { } read)
            return false;
        problem = !HasItsChecksum(bytes) ? CodeProblems.Checksum : read.Currency != "986" ? CodeProblems.Currency : null;
        parsed = problem is null ? read.Code : null;
        return problem is null;
    }

    private static (BrCode Code, string Currency)? Read(string code)
    {
        if (TagLengthValue.Read(code) is not { } tags || !code.StartsWith("000201", StringComparison.Ordinal)
            || !code.AsSpan()[..^4].EndsWith("6304") || tags.GetValueOrDefault(63) is not { Length: 4 }
            || tags.GetValueOrDefault(58) != "BR" || AccountOf(tags) is not { } account
            || tags.GetValueOrDefault(52) is not { Length: 4 } || tags.GetValueOrDefault(53) is not { Length: 3 } currency
            || tags.GetValueOrDefault(59) is not { Length: > 0 } name || tags.GetValueOrDefault(60) is not { Length: > 0 } city
            || !TryReadAmount(tags.GetValueOrDefault(54), out var amount))
            return null;
        var txId = tags.TryGetValue(62, out var additional) ? TagLengthValue.Read(additional)?.GetValueOrDefault(5) : null;
        return (new()
        {
            Key = account.GetValueOrDefault(1),
            Url = account.GetValueOrDefault(25),
            Amount = amount,
            MerchantName = name,
            City = city,
            TxId = txId is null or "***" or "" ? null : txId,
        }, currency);
    }

    // 26 to 51 hold the accounts that can be paid, 80 to 99 those of an automatic PIX.
    private static IReadOnlyDictionary<int, string>? AccountOf(IReadOnlyDictionary<int, string> tags) =>
        tags.Where(tag => tag.Key is (>= 26 and <= 51) or >= 80)
            .OrderBy(tag => tag.Key)
            .Select(tag => TagLengthValue.Read(tag.Value))
            .FirstOrDefault(account => account is not null
                && string.Equals(account.GetValueOrDefault(0), PixSystem, StringComparison.OrdinalIgnoreCase)
                && (account.GetValueOrDefault(1) ?? account.GetValueOrDefault(25)) is { } payee && IsVisible(payee));

    // No key or address has any other character: a bank would find nobody by what looks the same.
    private static bool IsVisible(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    // Reais with a point and at most two decimals. Never rounded: 10.005 is a mistake, not R$ 10,01. Zero names no amount.
    private static bool TryReadAmount(string? text, out Money? amount)
    {
        amount = null;
        if (text is null)
            return true;
        if (text.Length > 13 || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var reais)
            || !char.IsAsciiDigit(text[0]) || Amounts.Amount.FromDecimal(reais, "BRL") is not { } money)
            return false;
        amount = money.Amount == 0 ? null : money;
        return true;
    }

    // In capitals, as the manual writes it: else a bank that compares texts would refuse it.
    private static bool HasItsChecksum(ReadOnlySpan<byte> code) =>
        code[^4..].SequenceEqual(Encoding.ASCII.GetBytes(Crc16.Of(code[..^4]).ToString("X4", CultureInfo.InvariantCulture)));
}
