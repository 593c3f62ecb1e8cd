using Recado.Contracts;
using Recado.Normalizer.Amounts;
using Recado.Normalizer.Reading;
using Recado.Normalizer.Text;

namespace Recado.Normalizer.Events;

/// <summary>Amounts of the schema. The field tells minor units from decimals, so nothing is ever guessed.</summary>
internal sealed class MoneyReader(Findings findings)
{
    public Money? Read(EventsApiMoney? given, string field)
    {
        if (given is null)
            return null;
        var (money, fault) = Judge(given, field);
        if (fault is not null)
            findings.Add(fault.Reason, fault.Field!);
        return money;
    }

    // The same verdicts as Ingest's, which the sender hears.
    private static (Money? Money, QuarantineCause? Fault) Judge(EventsApiMoney given, string field)
    {
        if (given.AmountMinor is null && given.Amount is null)
            return (null, new(QuarantineReasons.MissingField, field));
        if (given.AmountMinor is not null && given.Amount is not null)
            return (null, new(QuarantineReasons.InvalidValue, field));
        if (PlainText.Token(given.Currency) is null)
            return (null, new(QuarantineReasons.MissingField, $"{field}.currency"));
        if (Currencies.Decimals(given.Currency!) is null)
            return (null, new(QuarantineReasons.InvalidValue, $"{field}.currency"));
        var money = given.AmountMinor is { } minor ? Amount.FromMinor(minor, given.Currency!) : Amount.FromDecimal(given.Amount!.Value, given.Currency!);
        return (money, money is null ? new(QuarantineReasons.InvalidValue, given.Amount is null ? $"{field}.amountMinor" : $"{field}.amount") : null);
    }
}
