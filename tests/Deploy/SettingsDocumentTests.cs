using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Bounds = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Recado.Tests.Deploy;

/// <summary>deploy/settings.md against the options that the code registers: names, services, defaults and bounds.</summary>
public sealed partial class SettingsDocumentTests
{
    /// <summary>Of ASP.NET Core, the OpenTelemetry SDK, and the bundle's reader.</summary>
    private static readonly string[] WithoutOptions =
        ["Bootstrap", "Urls", "ASPNETCORE_URLS", "Logging:LogLevel:CATEGORY", "Logging:Console:FormatterName", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME", "OTEL_*"];

    private static readonly Part[] Processes = [.. Part.Five, Part.Emulator];

    private static readonly ILookup<string, Row> Document = RowsOf(Repository.Text("deploy/settings.md")).ToLookup(row => row.Name);

    /// <param name="Services">As its column names them; empty in the tables of every service.</param>
    /// <param name="Type">Empty where the table does not tell it.</param>
    public sealed record Row(string Name, string Services, string Type, string Default)
    {
        public override string ToString() => Name;
    }

    public static IEnumerable<TestCaseData> Settings() => Processes.SelectMany(part => KnownSettings.Of(part).All())
        .DistinctBy(each => each.Name).Select(each => new TestCaseData(each.Name, each.Property, each.Default).SetArgDisplayNames(each.Name));

    public static IEnumerable<Row> Rows() => Document.SelectMany(rows => rows).Where(row => !WithoutOptions.Contains(row.Name));

    [TestCaseSource(nameof(Settings))]
    public void A_setting_is_documented_with_its_default_and_its_bounds(string name, PropertyInfo property, object? byDefault)
    {
        var rows = Document.Where(each => each.Key == name || (IsOfMany(property) && each.Key.StartsWith(name + ":", StringComparison.Ordinal))).SelectMany(each => each).ToList();

        Assert.That(rows, Is.Not.Empty);
        if (IsOfMany(property))
            return;
        Assert.That(rows.Single().Default, Text(byDefault) is { } text ? Is.EqualTo(text) : Does.StartWith("none").Or.Match("^on SQLite "));
        if (property.GetCustomAttribute<Bounds>() is { OperandType: var type } range && type != typeof(TimeSpan) && rows[0].Type.Contains(" to ", StringComparison.Ordinal))
            Assert.That(rows[0].Type, Does.Contain(string.Create(CultureInfo.InvariantCulture, $"{Text(range.Minimum)} to {Text(range.Maximum)}")));
    }

    [TestCaseSource(nameof(Rows))]
    public void What_is_documented_is_a_setting_of_the_services_that_it_names(Row row)
    {
        var variable = row.Name.Replace(":N:", ":0:", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal);
        var know = Processes.Where(part => KnownSettings.Of(part).Has(variable)).Select(part => part.Folder).ToList();

        Assert.That(know, row.Services.Length == 0 ? Is.Not.Empty : Is.EquivalentTo(row.Services.Split(", ")));
    }

    [Test]
    public void No_setting_is_documented_twice() => Assert.That(Document.Where(rows => rows.Count() > 1).Select(rows => rows.Key), Is.Empty);

    private static bool IsOfMany(PropertyInfo property) => property.PropertyType.IsGenericType && Nullable.GetUnderlyingType(property.PropertyType) is null;

    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        true => "true",
        false => "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Without the part about Standalone, which fills settings of others.</summary>
    private static IEnumerable<Row> RowsOf(string document)
    {
        string[] columns = [];
        foreach (var line in document[..document.IndexOf("\n## The bundle", StringComparison.Ordinal)].Split("\n## ").Where(part => !part.StartsWith("Standalone", StringComparison.Ordinal)).SelectMany(part => part.Split('\n')).Where(line => line.StartsWith('|')))
        {
            string[] cells = [.. line.Trim('|').Split(" | ").Select(cell => cell.Trim())];
            if (cells[0] is "Setting" or "Verb")
                columns = cells;
            else if (columns is ["Setting", ..] && cells[0][0] != '-')
            {
                foreach (var row in RowsOf(columns, cells))
                    yield return row;
            }
        }
    }

    /// <summary>One cell may name several settings, <c>…:</c> those beside the first; their defaults stand in the same order.</summary>
    private static IEnumerable<Row> RowsOf(string[] columns, string[] cells)
    {
        string Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? cells[at] : "";
        string[] names = [.. Quoted().Matches(cells[0]).Select(match => match.Groups["text"].Value)];
        var defaults = Cell("Default").Split(", ");
        foreach (var (i, name) in names.Index())
            yield return new(
                name.Replace("…", names[0][..Math.Max(0, names[0].LastIndexOf(':'))], StringComparison.Ordinal), Cell("Service"),
                Cell("Type").Replace(",000", "000", StringComparison.Ordinal), (names.Length == defaults.Length ? defaults[i] : Cell("Default")).Trim('`'));
    }

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();
}
