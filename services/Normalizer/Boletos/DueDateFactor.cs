using System.Globalization;

namespace Recado.Normalizer.Boletos;

/// <summary>
/// The four digits by which a boleto tells its last day (FEBRABAN): days since 1997-10-07. They ran out at 9999 on
/// 2025-02-21 and began again with 1000 the day after, so every factor stands for a day in each cycle of 9,000 days.
/// </summary>
public static class DueDateFactor
{
    private const int First = 1000;
    private const int Cycle = 9000;
    private static readonly DateOnly Base = new(1997, 10, 7);

    /// <summary>The day of the cycle that is nearest to the arrival; null for a factor below 1000: the boleto has no last day.</summary>
    public static DateOnly? DayOf(ReadOnlySpan<char> fourDigits, DateOnly arrival)
    {
        var factor = int.Parse(fourDigits, CultureInfo.InvariantCulture);
        if (factor < First)
            return null;
        var day = Base.AddDays(factor);
        var cycles = Math.Max(0, (int)Math.Round((arrival.DayNumber - day.DayNumber) / (double)Cycle, MidpointRounding.AwayFromZero));
        return DateOnly.MaxValue.DayNumber - day.DayNumber >= cycles * Cycle ? day.AddDays(cycles * Cycle) : null;
    }
}
