using Recado.Contracts;
using Recado.Normalizer.Pix;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Boletos;

/// <summary>The part of an event that holds a boleto.</summary>
internal static class BoletoCharge
{
    /// <summary>
    /// A boleto with its line checked, also against the amount of the payment; null where there is neither line, page nor day.
    /// The source's own due date wins over the line's.
    /// </summary>
    public static Boleto? Of(string? line, string? url, Money? charged, DateTimeOffset receivedAt, DateOnly? dueDate = null)
    {
        var given = PlainText.Token(line);
        if (given is null)
            return url is null && dueDate is null ? null : new() { Url = url, DueDate = dueDate };
        if (BoletoCode.TryParse(given, DateOnly.FromDateTime(receivedAt.UtcDateTime), out var parsed, out var problem) && PixCharge.Differ(parsed.Amount, charged))
            problem = CodeProblems.AmountMismatch;
        return new() { Line = given, Valid = problem is null, Problem = problem, Amount = parsed?.Amount, Url = url, DueDate = dueDate ?? parsed?.DueDate };
    }
}
