using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recado.Ingest.Accepting;

/// <summary>Amounts as senders write them.</summary>
internal static partial class Amounts
{
    /// <summary>
    /// True for a number with at most two decimals that count: 299.900 and 2.999e2 are fine. More digits than a decimal
    /// holds are not, for they would be rounded unseen (299.9000000000000000000000000001, 1e-400).
    /// </summary>
    public static bool IsExact(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && Short().IsMatch(value.GetRawText())
        && value.TryGetDecimal(out var amount) && amount * 100 == decimal.Truncate(amount * 100);

    [GeneratedRegex(@"^-?\d{1,15}(\.\d{1,10})?([eE]\+?\d)?$")]
    private static partial Regex Short();
}
