using System.Security.Cryptography;
using System.Text;

namespace Recado.WhatsAppDispatcher.Echoes;

/// <summary>What a message and its echo have in common, without keeping either readable. Pure.</summary>
public static class Fingerprint
{
    /// <summary>SHA-256 in hex of the person and the text.</summary>
    /// <param name="phone">E.164; a Brazilian mobile is the same person with and without its ninth digit, for WhatsApp knows it by only one of the two.</param>
    public static string Of(string phone, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{WithoutNinthDigit(phone)}\n{AsWhatsAppKeepsIt(text)}")));

    private static string WithoutNinthDigit(string phone) =>
        phone.Length == 14 && phone.StartsWith("+55", StringComparison.Ordinal) && phone[5] == '9' ? phone.Remove(5, 1) : phone;

    private static string AsWhatsAppKeepsIt(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar && (rune.Value == '\n' || !Rune.IsControl(rune)))
                kept.Append(rune);
        return kept.ToString().Trim().Normalize(NormalizationForm.FormC);
    }
}
