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
        if (given is null || (given.AmountMinor is null && given.Amount is null))
            return null;
        if (PlainText.Token(given.Currency)?.ToUpperInvariant() is not { } currency)
        {
            findings.Add(QuarantineReasons.MissingField, $"{field}.currency");
            return null;
        }
        var minor = given.AmountMinor is { } integer ? Amount.FromMinor(integer, currency) : null;
        var major = given.Amount is { } number ? Amount.FromDecimal(number, currency) : null;
        var isRight = (given.AmountMinor is null || minor is not null)
            && (given.Amount is null || major is not null)
            && (minor is null || major is null || minor == major);
        if (!isRight)
            findings.Add(QuarantineReasons.InvalidValue, field);
        return minor ?? major;
    }
}
