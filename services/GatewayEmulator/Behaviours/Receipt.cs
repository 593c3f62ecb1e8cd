using System.Text.Json.Serialization;

namespace Recado.GatewayEmulator.Behaviours;

/// <summary>One callback that follows an accepted send.</summary>
/// <param name="Type">One of <see cref="ReceiptTypes"/>.</param>
/// <param name="DelayMs">Milliseconds after acceptance, 0 to 24 hours; never before the receipt listed ahead of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Receipt(string Type, int DelayMs)
{
    /// <summary>What a phone that is on and read at once causes.</summary>
    public static IReadOnlyList<Receipt> Defaults { get; } =
        [new(ReceiptTypes.Delivery, 100), new(ReceiptTypes.Received, 300), new(ReceiptTypes.Read, 600)];

    internal string? Problem()
    {
        if (!ReceiptTypes.All.Contains(Type))
            return $"a receipt's type must be one of {string.Join(", ", ReceiptTypes.All)}";
        return DelayMs is < 0 or > 86_400_000 ? "a receipt's delayMs must be from 0 to 86400000" : null;
    }
}

/// <summary>What <see cref="Receipt.Type"/> can be.</summary>
public static class ReceiptTypes
{
    /// <summary>A <c>DeliveryCallback</c>: handed to WhatsApp, not yet on the phone.</summary>
    public const string Delivery = "DELIVERY";
    public const string Received = "RECEIVED";
    public const string Read = "READ";

    /// <summary>All of them; those beside <c>DELIVERY</c> are statuses of a <c>MessageStatusCallback</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [Delivery, "SENT", Received, Read, "READ_BY_ME", "PLAYED", "ERROR"];
}
