using Recado.Contracts;

namespace Recado.WhatsAppDispatcher.Receipts;

/// <summary>How far a message got. Receipts come late, twice and out of order; the status only moves forward. Pure.</summary>
public static class ReceiptLattice
{
    /// <summary>The status after a receipt: the further of the two; a failure only counts before delivery.</summary>
    /// <param name="status">One of <see cref="MessageStatuses"/>.</param>
    /// <param name="receipt">One of <see cref="ReceiptStatuses"/>.</param>
    public static string Join(string status, string receipt)
    {
        if (receipt == ReceiptStatuses.Failed)
            return Rank(status) < Rank(MessageStatuses.Delivered) ? MessageStatuses.Failed : status;
        return Rank(receipt) > Rank(status) ? receipt : status;
    }

    // Delivered after failed happens when one of several devices was late: it did arrive.
    private static int Rank(string status) => status switch
    {
        MessageStatuses.Sent => 1,
        MessageStatuses.Failed => 2,
        MessageStatuses.Delivered => 3,
        MessageStatuses.Read => 4,
        _ => 0,
    };
}
