using System.Globalization;
using System.Text;

namespace Recado.Tests.Corpus;

/// <summary>A BR Code that checks, of a charge of one's own.</summary>
internal static class PixCode
{
    public static string Of(Person person, string amount)
    {
        var label = Field("05", person.Id);
        var code = Field("00", "01") + Field("26", Field("00", "br.gov.bcb.pix") + Field("01", "123e4567-e12b-12d1-a456-426655440000"))
            + Field("52", "0000") + Field("53", "986") + Field("54", amount) + Field("58", "BR") + Field("59", "LOJA") + Field("60", "BOA VISTA")
            + Field("62", label) + "6304";
        return code + Crc(code);
    }

    private static string Field(string tag, string value) => string.Create(CultureInfo.InvariantCulture, $"{tag}{value.Length:00}{value}");

    // CRC-16/CCITT-FALSE.
    private static string Crc(string text)
    {
        var crc = 0xFFFF;
        foreach (var octet in Encoding.ASCII.GetBytes(text))
        {
            crc ^= octet << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
        }
        return (crc & 0xFFFF).ToString("X4", CultureInfo.InvariantCulture);
    }
}
