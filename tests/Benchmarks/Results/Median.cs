namespace Recado.Tests.Benchmarks.Results;

/// <summary>Of repeated runs.</summary>
public static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        double[] ordered = [.. figures.Order()];
        return ordered.Length == 0 ? double.NaN : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }

    /// <summary>Of one figure of several runs.</summary>
    public static double Of<T>(IReadOnlyList<T> runs, Func<T, double> figure) => Of(runs.Select(figure));

    /// <summary>For JSON, which knows no NaN: null then; four digits.</summary>
    public static double? ForJson(double figure) =>
        double.IsFinite(figure) && figure != 0 ? Math.Round(figure, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(figure))), 0, 12)) : double.IsFinite(figure) ? 0 : null;
}
