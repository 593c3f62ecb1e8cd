using Recado.Contracts;
using Recado.Normalizer.Shapes;

namespace Recado.Normalizer.Partner;

/// <summary>What is known of partners' events: the seven fields of partner-events.txt, and what Recado takes beyond them.</summary>
internal static class PartnerShape
{
    public static readonly Shape Known = Shape.Of(
        """
        $: event phone customer store value url code
        $: order_id payment_id cart_id external_id email occurred_at
        """,
        values: [new(DriftKinds.Type, "event", EventTypes.All)]);
}
