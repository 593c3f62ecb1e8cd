namespace Recado.Contracts;

/// <summary>What a PIX code (Banco Central, "Manual do BR Code") stands for. Ingest tells repeats by it, Normalizer finds charges.</summary>
public static class PixCodes
{
    /// <summary>
    /// Whether the code stands for one charge. A static one (with a key) and the transaction id <c>***</c> stands for none:
    /// a shop may give the same to every customer. A dynamic one always has that id: its address (25) names the charge.
    /// </summary>
    public static bool IsOneCharge(string code) =>
        !code.Contains("0503***", StringComparison.Ordinal) || code.Contains("br.gov.bcb.pix25", StringComparison.OrdinalIgnoreCase);
}
