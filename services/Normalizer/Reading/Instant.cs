using System.Globalization;

namespace Recado.Normalizer.Reading;

/// <summary>Points in time as sources write them.</summary>
internal static class Instant
{
    private const int FirstYear = 2000;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd",
    ];

    /// <summary>ISO 8601 to UTC, with a space for the T if need be. Without an offset it is taken as UTC, never as this machine's zone; before 2000 (<c>0001-01-01</c> is some languages' nothing) it is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 64)
            return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(WithSevenDecimals(text), Formats, CultureInfo.InvariantCulture, Utc, out var instant)
            && instant.Year >= FirstYear ? instant : null;
    }

    /// <summary>A day: the date part of an ISO 8601 text, without moving it between zones.</summary>
    public static DateOnly? ParseDay(string? text) =>
        text is { Length: >= 10 and <= 64 }
        && (text.Length == 10 || text[10] is 'T' or ' ')
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Some languages write nanoseconds; .NET reads seven decimals.
    private static string WithSevenDecimals(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - dot <= 8 ? text : text.Remove(dot + 8, end - dot - 8);
    }
}
