using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recado.Ingest.Accepting;

/// <summary>Amounts as senders write them.</summary>
internal static partial class Amounts
{
    /// <summary>True for a plain number with at most two decimals that count; 299.900 is fine, 299.9000000000000000000000000001 and 1e3 are not.</summary>
    public static bool IsExact(JsonElement value) => value.ValueKind == JsonValueKind.Number && Exact().IsMatch(value.GetRawText());

    [GeneratedRegex(@"^-?\d{1,15}(\.\d{1,2}0{0,10})?$")]
    private static partial Regex Exact();
}
