using Recado.Contracts;

namespace Recado.AutomationMatcher.Journeys;

/// <summary>
/// One payment's status only moves forward: pending, failed, approved, refunded, charged back. Checkouts promise no order
/// and tell again what nobody answered, so a late "unpaid" arrives after "paid"; it is recorded and starts nothing.
/// </summary>
internal static class PaymentRank
{
    /// <summary>How far a payment is after an event; null where the event says nothing about it.</summary>
    public static int? Of(string type) => type switch
    {
        EventTypes.PixCreated or EventTypes.BoletoCreated or EventTypes.BoletoDue or EventTypes.PaymentPending => 1,
        EventTypes.PaymentFailed => 2,
        EventTypes.PaymentApproved => 3,
        EventTypes.PaymentRefunded => 4,
        EventTypes.PaymentChargedback => 5,
        _ => null,
    };

    /// <summary>The keys under which a payment's status is remembered.</summary>
    public static IEnumerable<string> Marked(CommerceEvent happened) =>
        Of(happened.Type) is null ? [] : happened.Keys.Where(key => IsPayment(key) || IsPix(key));

    /// <summary>Why an event about a payment is no news, if it is none, and the status that says so.</summary>
    /// <param name="known">What was known before it.</param>
    public static (string? Reason, string? Detail) Obstacle(CommerceEvent happened, IReadOnlyCollection<Marker> known)
    {
        var charges = Charges(happened);
        var furthest = known.Where(marker => charges.Contains(marker.Subject)).MaxBy(marker => Of(marker.Type));
        if (furthest is not null && Of(furthest.Type) > Of(happened.Type))
            return (Reasons.Outdated, furthest.Type);
        // A boleto may be due day after day, and a fresh PIX code of the same payment is one that the customer has not got yet.
        var repeats = charges.Exists(IsPayment) && happened.Type != EventTypes.BoletoDue
            && Marked(happened).All(key => known.Any(marker => marker.Subject == key && marker.Type == happened.Type));
        return repeats ? (Reasons.StatusUnchanged, null) : (null, null);
    }

    /// <summary>
    /// The keys that name one charge: the payment's id, else its PIX code, for some shops show one code to everybody.
    /// Not the order: it may see a declined card and then a PIX.
    /// </summary>
    private static List<string> Charges(CommerceEvent happened)
    {
        var marked = Marked(happened).ToList();
        return marked.Exists(IsPayment) ? [.. marked.Where(IsPayment)] : marked;
    }

    private static bool IsPayment(string key) => key.StartsWith("payment:", StringComparison.Ordinal);

    private static bool IsPix(string key) => key.StartsWith("pix:", StringComparison.Ordinal);
}
