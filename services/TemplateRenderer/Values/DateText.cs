using System.Globalization;

namespace Recado.TemplateRenderer.Values;

/// <summary>Days as Brazilians write them.</summary>
internal static class DateText
{
    public static string? Format(DateOnly? day) => day?.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day it was in a time zone; invalid when there is no such zone.</summary>
    public static Value Read(DateTimeOffset instant, string? timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone ?? "", out var zone)
            ? Value.Of(Format(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime)))
            : Value.Invalid;
}
