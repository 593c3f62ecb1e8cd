using Recado.Contracts;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Pix;

/// <summary>The part of an event that holds a PIX.</summary>
internal static class PixCharge
{
    /// <summary>A PIX with its code checked, also against the amount of the payment; null where there is neither code nor page.</summary>
    public static Contracts.Pix? Of(string? code, string? url, DateTimeOffset? expiresAt = null, Money? charged = null)
    {
        var given = PlainText.Token(code);
        if (given is null)
            return url is null && expiresAt is null ? null : new() { Url = url, ExpiresAt = expiresAt };
        if (BrCode.TryParse(given, out var parsed, out var problem) && Differ(parsed.Amount, charged))
            problem = CodeProblems.AmountMismatch;
        return new() { Code = given, Valid = problem is null, Problem = problem, Amount = parsed?.Amount, Url = url, ExpiresAt = expiresAt };
    }

    /// <summary>Amounts in two currencies cannot be compared, and a code need not name one.</summary>
    public static bool Differ(Money? asked, Money? charged) =>
        asked is not null && charged is not null && asked.Currency == charged.Currency && asked != charged;
}
