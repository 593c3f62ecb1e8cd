using Recado.Contracts;
using Recado.Normalizer.Boletos;

namespace Recado.Tests.Normalizer;

public sealed class BoletoTests
{
    private static readonly DateOnly Arrival = new(2026, 1, 15);

    [TestCase("00190.50095 40144.816069 06809.350314 3 37370000000100", 100, "2007-12-31", Description = "of Banco do Brasil's own manual, seen in 2008")]
    [TestCase("23793.38128 60007.827136 95000.063305 9 75520000370000", 370000, "2018-06-11")]
    public void A_line_of_a_bank_tells_its_amount_and_day(string line, long centavos, string day)
    {
        var isValid = BoletoCode.TryParse(line, new(2018, 1, 1), out var code, out _);

        Assert.That((isValid, code?.Amount, code?.DueDate, code?.IsCollection),
            Is.EqualTo((true, new Money(centavos, "BRL"), DateOnly.Parse(day, null), false)));
    }

    [TestCase("84670000001 7 43590024020 9 02405000243 5 84221010811 9", 14359, Description = "modulus 10")]
    [TestCase("848900000002 404201622015 806051904292 586034111220", 4042, Description = "modulus 11")]
    [TestCase("85820000000-7 57250328203-0 56070820210-7 53959190446-0", 5725, Description = "modulus 11, with hyphens")]
    [TestCase("84750000001 7 43590024020 9 02405000243 5 84221010811 9", null, Description = "the third digit says that it is a quantity, not an amount")]
    public void A_line_of_arrecadacao_tells_its_amount(string line, long? centavos)
    {
        var isValid = BoletoCode.TryParse(line, Arrival, out var code, out _);

        Assert.That((isValid, code?.Amount?.Amount, code?.DueDate, code?.IsCollection), Is.EqualTo((true, centavos, (DateOnly?)null, true)));
    }

    [TestCase("00193373700000001000500940144816060680935031")]
    [TestCase("84670000001435900240200240500024384221010811")]
    public void The_bar_code_behind_a_line_is_as_good(string barCode) =>
        Assert.That((BoletoCode.TryParse(barCode, Arrival, out var code, out _), code?.BarCode), Is.EqualTo((true, barCode)));

    [TestCase("1000", "2025-02-22", "2025-02-22", Description = "the first day of the second cycle")]
    [TestCase("9999", "2025-02-22", "2025-02-21", Description = "the last of the first")]
    [TestCase("1000", "2001-01-01", "2000-07-03")]
    [TestCase("1072", "2025-04-30", "2025-05-05")]
    [TestCase("9999", "2049-10-01", "2049-10-13", Description = "the last of the second")]
    [TestCase("1000", "2049-10-14", "2049-10-14")]
    [TestCase("9000", "2026-01-15", "2022-05-29", Description = "three years late is nearer than 21 years early")]
    [TestCase("1000", "9999-12-31", null, Description = "the nearest day is beyond the calendar")]
    [TestCase("0000", "2026-01-15", null)]
    [TestCase("0999", "2026-01-15", null)]
    public void The_factor_stands_for_the_day_nearest_to_the_arrival(string factor, string arrival, string? day) =>
        Assert.That(DueDateFactor.DayOf(factor, DateOnly.Parse(arrival, null)), Is.EqualTo(day is null ? null : DateOnly.Parse(day, null)));

    [TestCase("")]
    [TestCase("1")]
    [TestCase("23793.38128 60007.827136 95000.063305 9 7552000037000", Description = "one digit short")]
    [TestCase("23793.38128 60007.827136 95000.063305 9 755200003700000", Description = "48 digits that do not begin with 8")]
    [TestCase("83793.38128 60007.827136 95000.063305 9 75520000370000", Description = "47 digits that begin with 8")]
    [TestCase("23793.38128 60007.827136 95000.063305 9 7552000037000O")]
    [TestCase("２3793.38128 60007.827136 95000.063305 9 75520000370000")]
    [TestCase("84170000001 7 43590024020 9 02405000243 5 84221010811 9", Description = "no such kind of amount")]
    [TestCase("https://pay.example/b/1")]
    public void What_is_in_no_layout_is_malformed(string line) => Assert.That(Problem(line), Is.EqualTo(CodeProblems.Malformed));

    [TestCase("23793.38129 60007.827136 95000.063305 9 75520000370000", CodeProblems.Checksum)]
    [TestCase("23793.38128 60007.827136 95000.063305 8 75520000370000", CodeProblems.Checksum)]
    [TestCase("23793.38128 60007.827136 95000.063305 0 75520000370000", CodeProblems.Checksum, Description = "the general digit is never 0")]
    [TestCase("23793.38128 60007.827136 95000.063305 9 75520000370001", CodeProblems.Checksum)]
    [TestCase("84670000001 7 43590024020 9 02405000243 5 84221010811 8", CodeProblems.Checksum)]
    public void A_digit_that_does_not_check_is_told(string line, string problem) => Assert.That(Problem(line), Is.EqualTo(problem));

    [Test]
    public void A_boleto_in_another_currency_is_told() =>
        Assert.That(Problem(BoletoMaker.Bank("2370", "10720000004700", "3381260007827139500006330")), Is.EqualTo(CodeProblems.Currency));

    private static string? Problem(string line)
    {
        _ = BoletoCode.TryParse(line, Arrival, out _, out var problem);
        return problem;
    }
}
