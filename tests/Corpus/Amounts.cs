namespace Recado.Tests.Corpus;

/// <summary>Amounts in the wrong notation, too fine, too large, negative, as text: never rounded, never guessed.</summary>
internal static class Amounts
{
    private static readonly string[] NeverGood =
    [
        "-1", "-0.01", "-4700", "-1e2", "1e400", "-1e400", "1e-400", "1e-1", "1e-30", "199.905", "0.001", "0.009", "0.005", "199.9050", "199.90000000000000001", "0.1000000000000000055511151231257827",
        "19990000000000000000", "1000000000000000000", "9223372036854775807", "9223372036854775808", "18446744073709551616", "79228162514264337593543950336", "1e18", "1e28", "1e29", "1e308", "123456789012345678901234567890",
        "\"199.90\"", "\"199,90\"", "\"R$ 199,90\"", "\"1.999,90\"", "\"1,999.90\"", "\"19990\"", "\"0\"", "\"NaN\"", "\"Infinity\"", "\"1e2\"", "\"-1\"", "\" 1\"", "\"１９９\"", "\"x\"", "true", "false", "[]", "[19990]", "{}",
        "{\"amount\":199.90}", "[[]]",
    ];

    // Whole centavos have neither decimals nor an exponent.
    private static readonly string[] NoCentavos = ["199.90", "199.9", "4700.0", "4700.00", "0.0", "-0.0", "4.7e3", "47e2", "4700e0", "0.47e4", "1E3", "1000000000000001"];
    private static readonly string[] GoodCentavos = ["0", "-0", "1", "99", "19990", "1000000000000"];

    private static readonly string[] NoReais = ["999999999999.999", "1999.905e-1"];
    private static readonly string[] GoodReais = ["0", "-0", "0.0", "-0.0", "0.01", "0.29", "19.99", "199.9", "199.900", "19990", "2e2", "1.999e2", "299.90"];

    public static IEnumerable<Case> Of(Endpoint endpoint)
    {
        if (endpoint.CentavosField is { } centavos)
            foreach (var @case in Both(endpoint, centavos, [.. NeverGood, .. NoCentavos], GoodCentavos))
                yield return @case;
        if (endpoint.ReaisField is { } reais)
            foreach (var @case in Both(endpoint, reais, [.. NeverGood.Where(raw => raw != "1e-1"), .. NoReais], GoodReais))
                yield return @case;
    }

    private static IEnumerable<Case> Both(Endpoint endpoint, string field, string[] bad, string[] good) =>
        bad.Select(raw => Make(endpoint, field, raw, Kind.Bad)).Concat(good.Select(raw => Make(endpoint, field, raw, Kind.Odd)));

    private static Case Make(Endpoint endpoint, string field, string raw, Kind kind) =>
        new(nameof(Amounts), $"{raw} as {field}", kind, person => endpoint.Post(JsonEdit.With(endpoint.Valid(person), field, raw)));
}
