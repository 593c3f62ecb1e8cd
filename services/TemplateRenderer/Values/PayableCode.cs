using Recado.Contracts;

namespace Recado.TemplateRenderer.Values;

/// <summary>What a customer pays by: never said where it does not check or its time is over, whatever the template.</summary>
internal static class PayableCode
{
    public static Value Read(Pix? pix, DateTimeOffset now) =>
        Read(pix?.Code, pix?.Valid, pix?.Problem ?? (pix?.ExpiresAt <= now ? CodeProblems.Expired : null)) with { Until = pix?.ExpiresAt };

    public static Value Read(Boleto? boleto) => Read(boleto?.Line, boleto?.Valid, boleto?.Problem);

    private static Value Read(string? code, bool? valid, string? problem)
    {
        if (string.IsNullOrWhiteSpace(code)) return Value.Missing;
        // An event of before the problems were told apart says only that it is not valid.
        if (problem is not null || valid is false) return Value.Refused(Reasons.CodeNotPayable, problem ?? CodeProblems.Malformed);
        return ExactCode.Read(code);
    }
}
