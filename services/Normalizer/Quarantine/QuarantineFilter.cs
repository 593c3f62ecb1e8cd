using Recado.Contracts;
using Recado.Normalizer.Reading;

namespace Recado.Normalizer.Quarantine;

/// <summary>Which quarantined webhooks are meant, of one store.</summary>
/// <param name="Source">One of <see cref="Sources"/>; "" for any.</param>
/// <param name="Reason">One of <see cref="QuarantineReasons"/>; "" for any.</param>
/// <param name="From">They arrived then or later.</param>
/// <param name="To">They arrived before.</param>
internal sealed record QuarantineFilter(string Source, string Reason, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Reads what a caller gave; what is wrong is added to the errors under its name. Null and "" mean any.</summary>
    public static QuarantineFilter Read(string? source, string? reason, string? from, string? to, Dictionary<string, string[]> errors)
    {
        if (source is { Length: > 0 } && !Sources.All.Contains(source))
            errors["source"] = [$"Use one of {string.Join(", ", Sources.All)}."];
        if (reason is { Length: > 0 } && !QuarantineReasons.Sentences.ContainsKey(reason))
            errors["reason"] = [$"Use one of {string.Join(", ", QuarantineReasons.Sentences.Keys.Order(StringComparer.Ordinal))}."];
        var filter = new QuarantineFilter(source ?? "", reason ?? "", Time("from", from, errors) ?? Cursor.First.At, Time("to", to, errors) ?? Cursor.Last.At);
        if (filter.From >= filter.To && !errors.ContainsKey("from"))
            errors["to"] = ["Give a time later than from."];
        return filter;
    }

    /// <summary>The values for <c>@source, @reason, @from, @to</c>.</summary>
    public (string Name, object? Value)[] Arguments => [("source", Source), ("reason", Reason), ("from", From), ("to", To)];

    private static DateTimeOffset? Time(string name, string? text, Dictionary<string, string[]> errors)
    {
        var time = Instant.Parse(text);
        if (time is null && text is { Length: > 0 })
            errors[name] = ["Use ISO 8601, for example 2026-01-31T00:00:00Z."];
        return time;
    }
}
