using System.Globalization;

namespace Recado.Tests.Benchmarks.Results;

/// <summary>Columns of figures under a title, the first one of words.</summary>
public sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(string name, params double[] figures) => rows.Add([name, .. figures.Select(Text)]);

    public void Print()
    {
        var all = rows.Prepend(columns).ToList();
        var widths = Enumerable.Range(0, columns.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        Console.WriteLine($"{title}\n");
        foreach (var row in all)
            Console.WriteLine("  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))));
        Console.WriteLine();
    }

    // Three digits that mean something are more than repeated runs agree on.
    private static string Text(double figure) => figure switch
    {
        double.NaN => "–",
        >= 100 or <= -100 => figure.ToString("0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => figure.ToString("0.0", CultureInfo.InvariantCulture),
        _ => figure.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
