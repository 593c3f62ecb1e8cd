namespace Recado.Normalizer.Shapes;

/// <summary>Something in a payload that its source's document does not know. Without personal data: see <see cref="Masked"/>.</summary>
/// <param name="Kind">One of <see cref="DriftKinds"/>.</param>
/// <param name="Path">Where, for example <c>payment.pix_boleto.expires_at</c> or <c>products[].sku</c>; for the gateway it begins with the callback's type.</param>
/// <param name="Value">The new value of a known field, shown only if it looks like a constant; empty for a new field.</param>
/// <param name="Example">What stood there, masked.</param>
public sealed record DriftFinding(string Kind, string Path, string Value, string Example);

/// <summary>What can be new.</summary>
public static class DriftKinds
{
    /// <summary>A field.</summary>
    public const string Field = "field";

    /// <summary>A content block of the gateway.</summary>
    public const string Block = "block";

    /// <summary>A value of a field that says what something is: <c>type</c>, <c>event</c>, a payment method.</summary>
    public const string Type = "type";

    /// <summary>A value of a field that says how something stands.</summary>
    public const string Status = "status";

    /// <summary>The name of a notification of the gateway.</summary>
    public const string Notification = "notification";

    /// <summary>More than is told apart; only counted.</summary>
    public const string Other = "other";
}
