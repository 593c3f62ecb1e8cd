using Recado.Contracts;

namespace Recado.Normalizer;

/// <summary>How a payment stands after an event.</summary>
internal static class PaymentStatus
{
    /// <summary>The value of <see cref="Payment.Status"/>; null where the type does not say it.</summary>
    public static string? Of(string eventType) => eventType switch
    {
        EventTypes.PixCreated or EventTypes.BoletoCreated or EventTypes.BoletoDue or EventTypes.PaymentPending => "pending",
        EventTypes.PaymentApproved => "approved",
        EventTypes.PaymentFailed => "failed",
        EventTypes.PaymentRefunded => "refunded",
        EventTypes.PaymentChargedback => "chargedback",
        _ => null,
    };
}
