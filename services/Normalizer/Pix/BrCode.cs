using System.Globalization;
using System.Text;

namespace Recado.Normalizer.Pix;

/// <summary>The copy-and-paste code of a PIX (Banco Central, "Manual do BR Code"): EMV tags, lengths and values, closed by a CRC16.</summary>
public static class BrCode
{
    private const int Longest = 512;
    private const int FirstAccount = 26;
    private const int LastAccount = 51;

    /// <summary>Whether a bank could read it: structure, the PIX account and the checksum. Who is paid, and how much, is not looked at.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length is < 12 or > Longest)
            return false;
        var bytes = Encoding.UTF8.GetBytes(code);
        return HasItsChecksum(bytes) && (IsWellFormed(code) || IsWellFormed(Encoding.Latin1.GetString(bytes)));
    }

    /// <summary>
    /// Whether the code stands for one charge. One with the transaction id <c>***</c> stands for none:
    /// a shop may give the same to every customer.
    /// </summary>
    public static bool IsSpecific(string code) => !code.Contains("0503***", StringComparison.Ordinal);

    /// <summary>CRC-16/CCITT-FALSE; of the ASCII text <c>123456789</c> it is 0x29B1.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> data)
    {
        const ushort Polynomial = 0x1021;
        ushort crc = 0xFFFF;
        foreach (var value in data)
        {
            crc ^= (ushort)(value << 8);
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ Polynomial) : (ushort)(crc << 1);
        }
        return crc;
    }

    private static bool HasItsChecksum(ReadOnlySpan<byte> code) =>
        code[^8..^4].SequenceEqual("6304"u8)
        && ushort.TryParse(code[^4..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc)
        && crc == Crc16(code[..^4]);

    // Lengths count characters; some banks count the bytes of an accented name, so the caller tries both.
    private static bool IsWellFormed(string code)
    {
        var rest = code.AsSpan();
        if (!rest.StartsWith("000201"))
            return false;
        var hasAccount = false;
        while (rest.Length > 0)
        {
            if (!TryTake(ref rest, out var tag, out var value))
                return false;
            hasAccount |= tag is >= FirstAccount and <= LastAccount && IsPixAccount(value);
        }
        return hasAccount;
    }

    private static bool IsPixAccount(ReadOnlySpan<char> template)
    {
        var isPix = false;
        while (template.Length > 0)
        {
            if (!TryTake(ref template, out var tag, out var value))
                return false;
            isPix |= tag == 0 && value.Equals("br.gov.bcb.pix", StringComparison.OrdinalIgnoreCase);
        }
        return isPix;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out int tag, out ReadOnlySpan<char> value)
    {
        tag = 0;
        value = default;
        if (rest.Length < 4
            || !int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out tag)
            || !int.TryParse(rest[2..4], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || rest.Length < 4 + length)
            return false;
        value = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return true;
    }
}
