namespace Recado.Normalizer.Pix;

/// <summary>CRC-16/CCITT-FALSE; of the ASCII text <c>123456789</c> it is 0x29B1.</summary>
public static class Crc16
{
    private const ushort Polynomial = 0x1021;

    public static ushort Of(ReadOnlySpan<byte> data)
    {
        ushort crc = 0xFFFF;
        foreach (var value in data)
        {
            crc ^= (ushort)(value << 8);
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ Polynomial) : (ushort)(crc << 1);
        }
        return crc;
    }
}
