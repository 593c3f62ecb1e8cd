using System.Globalization;

namespace Recado.Normalizer.Pix;

/// <summary>EMV text: two digits of tag, two of length, the value, and so on.</summary>
internal static class TagLengthValue
{
    /// <summary>The values by tag; null where the lengths do not add up or a tag comes twice.</summary>
    public static IReadOnlyDictionary<int, string>? Read(string text)
    {
        var values = new Dictionary<int, string>();
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (rest.Length < 4
                || !int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var tag)
                || !int.TryParse(rest[2..4], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || rest.Length < 4 + length
                || !values.TryAdd(tag, rest.Slice(4, length).ToString()))
                return null;
            rest = rest[(4 + length)..];
        }
        return values;
    }
}
