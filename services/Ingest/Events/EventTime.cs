using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recado.Ingest.Events;

/// <summary>Points in time as the Events API takes them.</summary>
internal static partial class EventTime
{
    /// <summary>ISO 8601; UTC where it has no offset.</summary>
    public static bool IsTime(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Iso().IsMatch(value.GetString()!)
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>A day of the calendar; a time after it is allowed and means nothing.</summary>
    public static bool IsDay(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && DayAndMaybeMore().IsMatch(value.GetString()!)
        && DateOnly.TryParseExact(value.GetString()!.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?\z")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].{0,53})?\z")]
    private static partial Regex DayAndMaybeMore();
}
